#!/usr/bin/env bash
# What one more seat changes: the report says of a class what the whole run says
# that is made with the seat in seats.csv. seats.sh BUILD_DIR
. "$(dirname "$0")/whole.sh"
city=fixtures/city

folder() { sed -nE 's,^(結果|results): (.*)/.*$,\2,p' "$1"; }
# cell FILE FACILITY CLASS HEADER: of a CSV without quoted cells.
cell() {
    awk -F, -v f="$2" -v k="$3" -v name="$4" '
        NR == 1 { sub(/^\xef\xbb\xbf/, ""); sub(/\r$/, "")
                  for (i = 1; i <= NF; i++) at[$i] = i }
        $1 == f && $at["クラス"] == k { sub(/\r$/, ""); print $at[name] }' "$1"
}

cp -r "$city/case" "$work/case"
chmod 700 "$work/case"
"$nyusho" --quiet import "$work/case" "$city/truth/records" \
    "$city"/case/{manual_points,events,reason-decided}.csv >"$work/log" 2>&1
"$nyusho" --quiet run "$work/case" --final >"$work/log" 2>&1
[ $? -le 1 ] || fail "run: $(cat "$work/log")"
latest=$(readlink "$work/case/out/latest")
"$nyusho" report "$work/case" seats >"$work/said" 2>"$work/err" || fail "$(cat "$work/err")"
out=$(folder "$work/said")
what=$out/seats_what_if.csv
[ "$(wc -l <"$what")" -eq "$(wc -l <"$work/case/out/latest/cutoffs.csv")" ] || fail "not every class has a row"
[ -z "$(find "$out" -type f ! -perm 600)" ] || fail "a file that is not 0600"

# One more seat in seats.csv and the whole run again: the same chains, the same
# number of children who gain. Where siblings get in, where somebody moves up,
# where nothing changes.
for class in 0104,4 0108,2 0101,5 0102,0 0105,1 0107,1 0103,3 0101,1; do
    facility=${class%,*} age=${class#*,}
    awk -F, -v OFS=, -v f="$facility" -v k="$age" '
        $1 == f && $2 == k { $3 += 1; $6 += 1 } 1' "$city/case/seats.csv" >"$work/seats.csv"
    "$nyusho" compare "$work/case" --seats "$work/seats.csv" >"$work/compare" 2>"$work/err"
    chains=$(sed -n 's/^  [0-9]*\. //p' "$work/compare" | paste -sd'~' | sed 's|~| / |g')
    [ "$(cell "$what" "$facility" "$age" 連鎖)" = "$chains" ] ||
        fail "$class: $(cell "$what" "$facility" "$age" 連鎖), not $chains"
    gains=$(sed -n 's/^  良くなる \([0-9]*\) 人$/\1/p' "$work/compare")
    [ "$(cell "$what" "$facility" "$age" 良くなる児童)" = "${gains:-0}" ] ||
        fail "$class: not ${gains:-0} gain"
    placed=$(grep -c '保留 → 内定' "$work/compare")
    [ "$(cell "$what" "$facility" "$age" 増える内定)" = "$placed" ] || fail "$class: not $placed more"
done
[ "$(cell "$what" 0104 4 新たに内定する児童)" = "2700000201|2700000202|2700000203" ] ||
    fail "the three siblings: $(cell "$what" 0104 4 新たに内定する児童)"
grep -q "^0101,5,,1,1,27000035,2700003501,保留,0101," "$out/seats_moves.csv" || fail "seats_moves.csv"

# Empty seats: as many as the run says, each with its reason.
left=$(sed -n 's/.*"seats left":\s*\([0-9]*\).*/\1/p' "$work/case/out/latest/run.json")
[ "$(awk -F, 'NR > 1 { n += $8 } END { print n }' "$out/seats_empty.csv")" = "$left" ] || fail "not $left seats left"
grep -q "^0104,あおぞら保育園,3,,1,0,0,2,0,0,申込みがない" "$out/seats_empty.csv" || fail "why it is empty"

# Classes that share their seats: what is left of the pool is counted once.
taken() { awk -F, '$1 == "0105" { n += $8 + $9 } END { print n + 0 }' "$work/case/out/latest/cutoffs.csv"; }
left() { awk -F, '$1 == "0105" { n += $8 } END { print n + 0 }' "$1/seats_empty.csv"; }
before=$(($(taken) + $(left "$out")))
lone=$(taken)
awk -F, -v OFS=, '$1 == "0105" { $8 = "0|1|2|3|4|5" } 1' "$city/case/seats.csv" >"$work/case/seats.csv"
"$nyusho" --quiet run "$work/case" >"$work/log" 2>&1
"$nyusho" report "$work/case" seats >"$work/said" 2>"$work/err" || fail "$(cat "$work/err")"
pooled=$(folder "$work/said")
[ "$(taken)" -gt "$lone" ] || fail "no class lends a seat"
said=$(sed -n 's/.*"seats left":\s*\([0-9]*\).*/\1/p' "$work/case/out/latest/run.json")
[ "$(awk -F, 'NR > 1 { n += $8 } END { print n }' "$pooled/seats_empty.csv")" = "$said" ] ||
    fail "the run says $said seats left, in pools too"
[ $(($(taken) + $(left "$pooled"))) -eq "$before" ] || fail "$(taken) taken, $(left "$pooled") left, not $before"
cp "$city/case/seats.csv" "$work/case/seats.csv"
ln -sfn "$latest" "$work/case/out/latest"

# The picture: well-formed, of every facility, with what the cells say.
command -v xmllint >/dev/null && { xmllint --html --noout "$out/seats.html" 2>&1 | grep -v 'Tag \(figure\|svg\|rect\|text\|title\)' | grep error && fail "HTML"; }
grep -q '>+3 (3)</text>' "$out/seats.html" || fail "the picture does not say +3"
for code in $(cut -d, -f1 "$city/case/nurseries.csv" | tail -n +2); do
    grep -q "^<text [^>]*>$code " "$out/seats.html" || fail "$code is not in the picture"
done

# The same again: the same folder, the same bytes; English is another one.
cp -r "$out" "$work/first"
"$nyusho" report "$work/case" seats "$latest" >"$work/said" 2>/dev/null
[ "$(folder "$work/said")" = "$out" ] || fail "an equal report has another folder"
diff -r "$out" "$work/first" || fail "not the same bytes twice"
"$nyusho" --lang en report "$work/case" seats >"$work/said" 2>/dev/null
[ "$(folder "$work/said")" != "$out" ] || fail "another language, the same folder"
head -1 "$(folder "$work/said")/seats_what_if.csv" | grep -q "more placed" || fail "--lang en: Japanese headers"
"$nyusho" report "$work/case" seats --json --most 2 >"$work/json" 2>/dev/null
grep -q '"more placed":\s*3' "$work/json" || fail "--json: $(cat "$work/json")"
[ "$(readlink "$work/case/out/latest")" = "$latest" ] || fail "out/latest has moved"
"$nyusho" verify "$work/case" >/dev/null 2>&1 || fail "verify after a report"

"$nyusho" report "$work/case" chairs >/dev/null 2>"$work/err"
[ $? -eq 2 ] && grep -q "chairs.*\[bad-option\]" "$work/err" || fail "an unknown report: $(cat "$work/err")"
"$nyusho" report "$work/case" seats nowhere >/dev/null 2>"$work/err"
[ $? -eq 2 ] && grep -q "\[no-run\]" "$work/err" || fail "an unknown run"

[ $failed -eq 0 ] && echo "ok"
exit $failed
