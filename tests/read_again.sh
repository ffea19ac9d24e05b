#!/usr/bin/env bash
# The same bytes whatever happens on the way: one worker or two, files in any
# order, killed again and again. read_again.sh BUILD_DIR
. "$(dirname "$0")/whole.sh"
# 12 pages: a TIFF, a PDF, and a household that came as loose pages.
scans=(fixtures/city/scans/scan-{0005.pdf,0008.tif,0016.png,0017.png,0018.png,0019.png})

new_case() {
    cp -r fixtures/city/case "$work/$1"
    chmod 700 "$work/$1"
}
finish() { # what came of a case, as files
    "$nyusho" --quiet doubts "$work/$1" || exit 1
    "$nyusho" run "$work/$1" >/dev/null 2>&1
    [ -e "$work/$1/out/latest/run.json" ] || { echo "FAIL no run of $1"; exit 1; }
}
same() {
    cmp "$work/plain/doubts.csv" "$work/$1/doubts.csv" || exit 1
    [ "$(readlink "$work/plain/out/latest")" = "$(readlink "$work/$1/out/latest")" ] ||
        { echo "FAIL $1: another run number"; exit 1; }
    diff -r "$work/plain/out/latest/" "$work/$1/out/latest/" || exit 1
}

new_case plain
"$nyusho" --quiet read "$work/plain" "${scans[@]}" --workers 1 2>/dev/null
finish plain

new_case turned
mapfile -t turned < <(printf '%s\n' "${scans[@]}" | sort -r)
"$nyusho" --quiet read "$work/turned" "${turned[@]}" --workers 2 2>/dev/null
finish turned
same turned

new_case killed
# Killed after ever more pages: there is always something half done.
for pages in 1 3 6; do
    "$nyusho" --quiet read "$work/killed" "${scans[@]}" --workers 2 2>/dev/null &
    reader=$!
    while kill -0 "$reader" 2>/dev/null; do
        # The bytes of case.db and its log tell how far it is.
        have=$(find "$work/killed/pages" -type f 2>/dev/null | wc -l)
        [ "$have" -ge "$pages" ] && kill -9 "$reader" 2>/dev/null
        sleep 0.02
    done
    wait "$reader" 2>/dev/null
done
"$nyusho" --quiet read "$work/killed" "${scans[@]}" 2>/dev/null
finish killed
same killed
echo "the same bytes: one worker, two in another order, killed three times"
