#!/usr/bin/env bash
# How the cost of the proof grows, as SVG from what bench/prove.sh wrote:
# prove_plot.sh OUT.csv >docs/proof-growth.svg
# A point is a city: children (across) and CPU seconds (up), both logarithmic.
set -euo pipefail
export LC_ALL=C
awk -F, '
function x(v) { return 80 + (log(v) - log(80)) / (log(25000) - log(80)) * 600 }
function y(v) { return 400 - (log(v) - log(0.001)) / (log(1000) - log(0.001)) * 360 }
function text(at_x, at_y, anchor, words) {
    printf "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", at_x, at_y, anchor, words
}
function line(x1, y1, x2, y2, how) {
    printf "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" %s/>\n", x1, y1, x2, y2, how
}
function dot(at_x, at_y, how) { printf "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" %s/>\n", at_x, at_y, how }
BEGIN {
    print "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 480\" font-family=\"sans-serif\" font-size=\"12\">"
    print "<rect width=\"720\" height=\"480\" fill=\"white\"/>"
    for (s = 0.001; s < 1001; s *= 10) {
        line(80, y(s), 680, y(s), "stroke=\"#ddd\"")
        text(74, y(s) + 4, "end", s " s")
    }
    n = split("100 200 500 1500 8000 17000", ticks, " ")
    for (i = 1; i <= n; i++) {
        line(x(ticks[i]), 40, x(ticks[i]), 400, "stroke=\"#ddd\"")
        text(x(ticks[i]), 418, "middle", ticks[i])
    }
    text(380, 440, "middle", "children")
    text(80, 24, "start", "CPU seconds of the proof, one point a city")
    decision = "fill=\"#1b6ca8\""
    best = "fill=\"#d1495b\""
    open = "fill=\"white\" stroke=\"#d1495b\" stroke-width=\"2\""
    dot(90, 464, decision); text(100, 468, "start", "decision")
    dot(190, 464, best); text(200, 468, "start", "minimum and maximum, both proven")
    dot(430, 464, open); text(440, 468, "start", "bounds only")
}
NF > 12 { dot(x($1) - 5, y($6), decision); dot(x($1) + 5, y($8), $13 == "none" ? best : open) }
END { print "</svg>" }
' "$1"
