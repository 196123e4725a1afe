extension HTMLPage {
  /// The style of the page, for desktops, phones, dark mode and printing; also for the page without
  /// the script, which adds the class `item`.
  static let style = """

    :root {
      color-scheme: light dark; --back: #fff; --text: #1f2328; --quiet: #59636e; --link: #0b57d0;
      --line: #d8dee4; --chip: #eef1f4;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --back: #0f1115; --text: #e6e9ee; --quiet: #a3acb8; --link: #8ab4f8; --line: #2c323b;
        --chip: #1d222a;
      }
    }
    * { box-sizing: border-box; }
    html { scroll-padding-top: 5rem; }
    body {
      font: 16px/1.5 system-ui, sans-serif; margin: 0; padding: 0 1rem; background: var(--back);
      color: var(--text); overflow-wrap: anywhere;
    }
    header {
      position: sticky; top: 0; z-index: 1; background: var(--back); margin: 0 -1rem;
      padding: .75rem 1rem; border-bottom: 1px solid var(--line);
    }
    header > div {
      display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; max-width: 72rem;
      margin: auto;
    }
    h1 { font-size: 1.15rem; margin: 0; }
    [role="search"] { flex: 1 1 14rem; }
    input {
      font: inherit; width: 100%; min-height: 44px; padding: .4rem .75rem; color: inherit;
      background: var(--back); border: 1px solid var(--quiet); border-radius: .5rem;
    }
    input::placeholder { color: var(--quiet); opacity: 1; }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    #count { color: var(--quiet); font-size: .875rem; min-width: 7.5rem; text-align: end; }
    .page {
      display: grid; grid-template-columns: 14rem minmax(0, 1fr); gap: 2rem; max-width: 72rem;
      margin: auto; padding: 1rem 0;
    }
    nav {
      position: sticky; top: 5.5rem; align-self: start; max-height: calc(100vh - 6rem);
      overflow: auto; font-size: .9rem;
    }
    nav a {
      display: flex; justify-content: space-between; gap: .5rem; padding: .2rem .5rem;
      padding-inline-start: calc(var(--depth) * .9rem + .5rem); border-radius: .35rem;
      color: inherit; text-decoration: none;
    }
    nav a:hover { background: var(--chip); }
    nav span { color: var(--quiet); font-variant-numeric: tabular-nums; }
    p { margin: 0; }
    dl { margin: 0; }
    h3 {
      font-size: 1rem; margin: 1.5rem 0 .25rem; padding-bottom: .25rem;
      border-bottom: 1px solid var(--line);
    }
    main > dl > dt:first-of-type > h3 { margin-top: 0; }
    h3, a, .note { unicode-bidi: isolate; }
    dd, .note { unicode-bidi: plaintext; }
    dd, .note { margin: 0 0 .25rem; color: var(--quiet); white-space: pre-line; }
    dd > dl { color: var(--text); white-space: normal; }
    .note { max-width: 44rem; }
    .busy body > dl { display: none; }
    .ready dt > dl {
      content-visibility: auto; contain-intrinsic-size: auto calc(var(--items) * 3.6rem);
    }
    .item {
      display: grid; grid-template-columns: 2.25rem minmax(0, 1fr); padding: .3rem 0;
      content-visibility: auto; contain-intrinsic-size: auto 3.6rem;
    }
    .item::before {
      content: attr(data-rank); padding-inline-end: .75rem; text-align: end; color: var(--quiet);
      font-variant-numeric: tabular-nums;
    }
    .item > * { grid-column: 2; }
    .item > a { justify-self: start; font-weight: 500; }
    a { color: var(--link); text-decoration: none; }
    a:hover { text-decoration: underline; }
    a:not([href]) { color: inherit; }
    a:not([href]):hover { text-decoration: none; }
    a[href^="urn:uuid:"], a[href^="javascript:" i], a[href^="vbscript:" i], a[href^="data:" i] {
      color: inherit; text-decoration: none; pointer-events: none;
    }
    :not(.item) > a[tags]::after {
      content: attr(tags); margin-inline-start: .6rem; color: var(--quiet); font-size: .85rem;
      display: inline-block; unicode-bidi: isolate;
    }
    .about {
      display: flex; flex-wrap: wrap; align-items: center; gap: .1rem .5rem; color: var(--quiet);
      font-size: .875rem;
    }
    .about button {
      font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer;
    }
    .about button span {
      display: inline-block; padding: 0 .6rem; border-radius: 1rem; background: var(--chip);
    }
    .about button:hover span { color: var(--text); }
    #none { padding: 2rem 0; color: var(--quiet); }
    [hidden] { display: none !important; }
    @media (max-width: 48rem), (pointer: coarse) {
      nav a, .item > a[href], .about button {
        display: inline-flex; align-items: center; min-width: 44px; min-height: 44px;
      }
    }
    @media (max-width: 48rem) {
      .page { display: block; }
      header { position: static; }
      html { scroll-padding-top: 0; }
      nav {
        position: static; display: flex; gap: .25rem; max-height: none; padding: .25rem;
        margin-bottom: .5rem;
      }
      nav a { flex: none; padding-inline: .5rem; white-space: nowrap; background: var(--chip); }
      #count { text-align: start; }
      .item { grid-template-columns: 1.75rem minmax(0, 1fr); contain-intrinsic-size: auto 6rem; }
      .item::before { line-height: 44px; padding-inline-end: .5rem; }
      .item > a:not([href]) { line-height: 44px; }
    }
    @media print {
      :root {
        color-scheme: light; --back: #fff; --text: #000; --quiet: #444; --link: #000;
        --line: #999; --chip: #fff;
      }
      header, nav, #none { display: none; }
      .page { display: block; }
      .item, .ready dt > dl { content-visibility: visible; }
      .item > a[href] { display: inline; min-height: 0; }
      .item > a[href]::after {
        content: " " attr(href); color: #444; font-size: .8em; font-weight: 400;
      }
      .item, .note { break-inside: avoid; }
      h3 { break-after: avoid; }
      body { font-size: 10.5pt; }
    }

    """
}
