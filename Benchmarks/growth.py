"""A picture without a library: how the median of each command grows with the number of favourites."""

import math

WIDTH, HEIGHT = 960, 560
LEFT, TOP, RIGHT, BOTTOM = 76, 56, 640, 492
# For light and dark grounds; each line has a mark of its own as well.
LIGHT = ["#6b7280", "#0b62c4", "#b3261e", "#157347", "#8a5a00", "#7a2bbf", "#00707a", "#b0105f", "#4d6b00", "#3b4fd8",
         "#9a3d00", "#444444"]
DARK = ["#a3aab5", "#6cb0ff", "#ff8a80", "#5fd39a", "#f0b94a", "#c79bff", "#4fd0dc", "#ff86bd", "#b4d64a", "#9aa8ff",
        "#ffa366", "#dddddd"]
MARKS = ["circle", "square", "diamond", "triangle"]


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def mark(kind, x, y, style):
    shapes = {
        "circle": f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" class="{style}"/>',
        "square": f'<path d="M{x - 4:.1f} {y - 4:.1f}h8v8h-8z" class="{style}"/>',
        "diamond": f'<path d="M{x:.1f} {y - 5.5:.1f}l5.5 5.5l-5.5 5.5l-5.5 -5.5z" class="{style}"/>',
        "triangle": f'<path d="M{x:.1f} {y - 5:.1f}l5.5 9.5h-11z" class="{style}"/>',
    }
    return shapes[kind]


def picture(curves):
    """The SVG for `{name: {favourites: milliseconds}}`."""
    curves = {name: points for name, points in curves.items() if points}
    sizes = sorted({size for points in curves.values() for size in points})
    times = [time for points in curves.values() for time in points.values()]
    first, last = math.log10(sizes[0]), math.log10(max(sizes[-1], sizes[0] * 10))
    low, high = math.floor(math.log10(min(times)) * 3) / 3, math.ceil(math.log10(max(times)) * 3) / 3

    def across(size):
        return LEFT + (math.log10(size) - first) / (last - first) * (RIGHT - LEFT)

    def down(time):
        return BOTTOM - (math.log10(time) - low) / (high - low) * (BOTTOM - TOP)

    def colours(values):
        return "".join(
            f".l{n}{{stroke:{value};fill:none;stroke-width:2}}.m{n}{{fill:{value}}}" for n, value in enumerate(values))

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'role="img" aria-labelledby="title">',
        '<title id="title">Median time of each command by the number of favourites</title>',
        "<style>text{font:13px system-ui,sans-serif;fill:#1f2328}.ground{fill:#ffffff}.head{font-size:16px;"
        "font-weight:600}.grid{stroke:#d5d9df;stroke-width:1}.axis{stroke:#59636e;stroke-width:1;fill:none}"
        + colours(LIGHT)
        + "@media (prefers-color-scheme:dark){text{fill:#e6edf3}.ground{fill:#0d1117}.grid{stroke:#30363d}"
        ".axis{stroke:#8b949e}" + colours(DARK) + "}</style>",
        f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}"/>',
        f'<text class="head" x="{LEFT}" y="30">Median time by number of favourites, both axes logarithmic</text>',
    ]
    for power in range(math.floor(low), math.ceil(high) + 1):
        for step in (1, 2, 5):
            time = step * 10.0 ** power
            if not low - 1e-9 <= math.log10(time) <= high + 1e-9:
                continue
            y = down(time)
            out.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{RIGHT}"/>')
            out.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{time:,g}</text>')
    for size in sizes:
        x = across(size)
        out.append(f'<path class="grid" d="M{x:.1f} {TOP}V{BOTTOM}"/>')
        out.append(f'<text x="{x:.1f}" y="{BOTTOM + 20}" text-anchor="middle">{size:,}</text>')
    out.append(f'<path class="axis" d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}"/>')
    out.append(f'<text x="{(LEFT + RIGHT) / 2:.0f}" y="{BOTTOM + 44}" text-anchor="middle">favourites</text>')
    middle = (TOP + BOTTOM) / 2
    out.append(
        f'<text x="20" y="{middle:.0f}" text-anchor="middle" transform="rotate(-90 20 {middle:.0f})">'
        "milliseconds</text>")
    # The legend stands in the order of the ends of the lines.
    order = sorted(curves, key=lambda name: -curves[name][max(curves[name])])
    for row, name in enumerate(order):
        number = list(curves).index(name)
        colour, kind = number % len(LIGHT), MARKS[number % len(MARKS)]
        points = sorted(curves[name].items())
        path = "L".join(f"{across(size):.1f} {down(time):.1f}" for size, time in points)
        dashes = ' stroke-dasharray="6 4"' if number == 0 else ""
        out.append(f'<path class="l{colour}" d="M{path}"{dashes}/>')
        out += [mark(kind, across(size), down(time), f"m{colour}") for size, time in points]
        y = TOP + 12 + row * 27
        out.append(f'<path class="l{colour}" d="M{RIGHT + 24} {y}h30"{dashes}/>')
        out.append(mark(kind, RIGHT + 39, y, f"m{colour}"))
        end = points[-1][1]
        shown = f"{end:,.1f}" if end < 100 else f"{end:,.0f}"
        out.append(f'<text x="{RIGHT + 64}" y="{y + 4}">{escaped(name)}: {shown} ms</text>')
    out.append("</svg>")
    return "\n".join(out) + "\n"
