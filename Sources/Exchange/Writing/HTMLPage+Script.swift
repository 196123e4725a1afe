extension HTMLPage {
  /// The script that turns the bookmarks into a page with categories and counts at the side, a
  /// search, and key bindings.
  ///
  /// Its elements are not in the file, so browsers and favs import only the bookmarks. It creates
  /// text only, never markup. A favourite matches if it contains all the words typed; `#word`
  /// matches a tag. Categories are searched together with their contents.
  static let script = #"""

    /* Nothing is laid out before it is put in order. */
    document.documentElement.className = "busy";
    addEventListener("DOMContentLoaded", () => {
      "use strict";
      const make = (name, attributes, ...children) => {
        const element = document.createElement(name);
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
        element.append(...children);
        return element;
      };
      const fold = (text) => (/^[\x00-\x7F]*$/.test(text) ? text
        : text.normalize("NFD").replace(/\p{M}/gu, "")).toLowerCase();
      const isDead = (address) => /^\s*(urn:uuid|javascript|vbscript|data):/i.test(address);
      const known = (link) => {
        try {
          const own = JSON.parse(link.dataset.favs || "{}", (key, value, place) =>
            typeof value === "number" && place ? place.source : value);
          return Object.entries(own.metadata || {});
        } catch { return []; }
      };
      const host = (link) => {
        if (!link.hasAttribute("href")) return "";
        if (!/^(https?|ftp|gemini):$/.test(link.protocol)) return link.protocol.slice(0, -1);
        return link.hostname.replace(/^www\./, "");
      };

      const field = document.getElementById("search");
      const items = [];
      const categories = [];
      const nav = make("nav", { "aria-label": "Categories" });
      const main = make("main", {}, ...document.querySelectorAll("body > dl"));
      const none = make("p", { id: "none", hidden: "" });
      const count = make("span", { id: "count", role: "status" });

      const chip = (tag) => {
        const button = make("button", { type: "button" }, make("span", {}, tag));
        button.setAttribute("aria-label", "Tag " + tag);
        button.dataset.tag = tag;
        return button;
      };
      const item = (term, link, note, rank, path) => {
        const address = link.getAttribute("href") || "";
        if (isDead(address)) link.removeAttribute("href");
        const tags = (link.getAttribute("tags") || "").split(",").filter(Boolean);
        const metadata = known(link);
        const about = make("div", { class: "about" });
        const words = [host(link), ...metadata.map(([, value]) => String(value))].filter(Boolean);
        if (words.length > 0) about.append(make("span", {}, words.join(" \u00B7 ")));
        about.append(...tags.map(chip));
        if (about.firstChild) term.append(about);
        if (note) {
          term.append(make("div", { class: "note" }, ...note.childNodes));
          note.remove();
        }
        term.className = "item";
        term.dataset.rank = rank;
        term.setAttribute("role", "listitem");
        items.push({
          term, link, address, tags, metadata, path, isShown: true, text: null,
          note: note ? term.lastChild : null,
        });
      };
      const category = (term, heading, note, level, path) => {
        if (note) {
          term.append(...note.childNodes);
          note.remove();
          const inner = term.querySelector(":scope > dl");
          const words = [...term.childNodes].filter((node) =>
            node !== heading && node !== inner && node.nodeName !== "P"
            && node.textContent.trim() !== "");
          if (words.length > 0) heading.after(make("div", { class: "note" }, ...words));
        }
        heading.setAttribute("aria-level", Math.min(level + 1, 9));
        heading.id = "c" + (categories.length + 1);
        term.setAttribute("role", "listitem");
        const number = make("span", {});
        const link = make("a", { href: "#" + heading.id }, heading.textContent, number);
        link.style.setProperty("--depth", level - 1);
        nav.append(link);
        const own = { term, link, number, list: null, first: items.length, last: 0 };
        categories.push(own);
        own.list = term.querySelector(":scope > dl");
        if (own.list) walk(own.list, level + 1, path + " " + heading.textContent);
        own.last = items.length;
      };
      const walk = (list, level, path) => {
        list.setAttribute("role", "list");
        let rank = 0;
        for (const term of [...list.children].filter((child) => child.nodeName === "DT")) {
          const next = term.nextElementSibling;
          const note = next && next.nodeName === "DD" ? next : null;
          const heading = term.querySelector(":scope > h3");
          const link = term.querySelector(":scope > a");
          if (heading) category(term, heading, note, level, path);
          else if (link) item(term, link, note, rank += 1, path);
        }
      };

      const text = (one) => {
        one.text ??= fold([
          one.link.textContent, one.note ? one.note.textContent : "",
          isDead(one.address) ? "" : one.address, ...one.tags.map((tag) => "#" + tag),
          ...one.metadata.map(([key, value]) => key + ":" + value), one.path,
        ].join(" "));
        return one.text;
      };
      /* What the first letter typed would else wait for; in turns too short to be felt. */
      const prepare = (next) => {
        const end = performance.now() + 5;
        while (next < items.length && performance.now() < end) text(items[next++]);
        if (next < items.length) setTimeout(prepare, 0, next);
      };
      const matches = (one, word) => word.startsWith("#")
        ? one.tags.some((tag) => fold(tag) === word.slice(1)) : text(one).includes(word);
      const run = () => {
        const words = (fold(field.value).match(/#"[^"]*"?|\S+/g) || [])
          .map((word) => word.startsWith('#"') ? "#" + word.slice(2).replace('"', "") : word)
          .filter((word) => word !== "#");
        const sums = [0];
        for (const one of items) {
          const isShown = words.every((word) => matches(one, word));
          if (isShown !== one.isShown) one.term.hidden = !isShown;
          one.isShown = isShown;
          sums.push(sums[sums.length - 1] + (isShown ? 1 : 0));
        }
        for (const one of categories) {
          const found = sums[one.last] - sums[one.first];
          one.number.textContent = found;
          if (one.list) one.list.style.setProperty("--items", found);
          one.term.hidden = one.link.hidden = words.length > 0 && found === 0;
        }
        const found = sums[items.length];
        const all = items.length;
        count.textContent = words.length > 0 ? found + " of " + all
          : all + (all === 1 ? " favourite" : " favourites");
        none.hidden = words.length === 0 || found > 0;
        none.textContent = "Nothing matches \u201C" + field.value + "\u201D. "
          + "Press Esc to see everything.";
      };
      const clear = () => { field.value = ""; run(); };
      const step = (event, offset) => {
        const links = items.filter((one) => one.isShown && one.link.hasAttribute("href"))
          .map((one) => one.link);
        const active = document.activeElement;
        const term = active.closest(".item");
        const at = active === field || !term ? -1
          : links.indexOf(term.querySelector(":scope > a"));
        const target = at + offset < 0 ? field : links[at + offset];
        if (!target || (active === field && offset < 0)) return;
        event.preventDefault();
        target.focus();
      };

      for (const list of main.children) walk(list, 1, "");
      main.append(none);
      document.body.prepend(
        make("header", {}, make("div", {}, document.querySelector("h1"),
          make("div", { role: "search" }, field), count)),
        make("div", { class: "page" }, nav, main));
      nav.hidden = categories.length === 0;
      field.setAttribute("aria-keyshortcuts", "/");
      field.placeholder = "Search titles, notes, tags, links ( / )";
      field.hidden = false;
      run();
      document.documentElement.className = "ready";
      setTimeout(prepare, 0, 0);
      let frame = 0;
      field.addEventListener("input", () => {
        cancelAnimationFrame(frame);
        frame = requestAnimationFrame(run);
      });
      main.addEventListener("click", (event) => {
        const button = event.target.closest("button[data-tag]");
        if (!button) return;
        const tag = button.dataset.tag;
        field.value = /\s/.test(tag) ? '#"' + tag + '"' : "#" + tag;
        run();
        scrollTo(0, 0);
        field.focus();
      });
      addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
        if (event.key === "/" && document.activeElement !== field) {
          event.preventDefault();
          field.focus();
          field.select();
        } else if (event.key === "Escape") {
          clear();
          field.focus();
        } else if (event.key === "ArrowDown" || event.key === "Enter" &&
          document.activeElement === field) {
          step(event, 1);
        } else if (event.key === "ArrowUp") {
          step(event, -1);
        }
      });
      if (matchMedia("(hover: hover)").matches) field.focus();
    });

    """#
}
