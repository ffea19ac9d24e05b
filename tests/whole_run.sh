#!/usr/bin/env bash
# From the true records of 見本市 to placements, without scans: the decision is
# the one committed, it can be made again, and a changed one is noticed.
# whole_run.sh BUILD_DIR; --write commits what came out as the expected one.
. "$(dirname "$0")/whole.sh"
city=fixtures/city
case=$work/case out=$work/case/out/latest

run() { "$nyusho" run "$case" "$@" >"$work/out" 2>"$work/err"; }

cp -r "$city/case" "$case"
chmod 700 "$case"
"$nyusho" import "$case" "$city/truth/records" \
    "$city"/case/{manual_points,events,reason-decided}.csv >"$work/out" 2>&1
[ $? -le 1 ] || { cat "$work/out"; exit 1; }

# The decision, byte for byte.
run --final
[ $? -le 1 ] || { cat "$work/err"; exit 1; }
if [ "${2:-}" = --write ]; then
    mkdir -p "$city/expected"
    cp "$out"/{placements,cutoffs,waiting}.csv "$city/expected"
fi
for file in placements cutoffs waiting; do
    cmp "$out/$file.csv" "$city/expected/$file.csv" || fail "$file.csv is another"
done

# The same again is the same folder; another language is another run.
first=$(readlink "$case/out/latest")
run --final
[ "$(readlink "$case/out/latest")" = "$first" ] || fail "an equal run has another number"
run --final --lang en
[ "$(readlink "$case/out/latest")" != "$first" ] || fail "another language, the same number"
head -1 "$out/placements.csv" | grep -q household || fail "--lang en: Japanese headers"

# The proven best as the result: of this city it is what the placer found.
if grep -q '^NYUSHO_PROVE:BOOL=ON' "$1/CMakeCache.txt"; then
    run --final --prove --optimum --lang ja
    grep -q '"official":.*"optimum"' "$out/run.json" || fail "the optimum is not the result"
    cmp "$out/placements.csv" "$city/expected/placements.csv" || fail "the optimum is another"
    proven=$work/case/out/proven
    cp -r "$out/." "$proven"
    "$nyusho" verify "$case" proven >/dev/null 2>&1 || fail "verify of a proven run"
    before=$(sha256sum <"$proven/proof.json" | cut -c1-64)
    sed -i 's/"placed": {"at_least": [0-9]*, "at_most": [0-9]*}/"placed": {"at_least": 40, "at_most": 40}/' "$proven/proof.json"
    after=$(sha256sum <"$proven/proof.json" | cut -c1-64)
    sed -i "s/$before/$after/" "$proven/run.json"
    "$nyusho" verify "$case" proven >"$work/out" 2>&1 && fail "verify passed a proof of something else"
    grep -q '○ ファイルが' "$work/out" || fail "the planted proof has another hash"
    rm -rf "$proven"
    run --final
fi

# Modes of what holds personal data.
[ -z "$(find "$case/out" "$case/case.db" -type f ! -perm 600)" ] || fail "a file that is not 0600"
[ -z "$(find "$case/out" -type d ! -perm 700)" ] || fail "a folder that is not 0700"

# The address of a household under protection stands in no file; who compared
# the rules with the table is said though the rule set itself does not.
household=$(awk -F, '$15 == "はい" { print $1; exit }' "$city/case/office.csv")
address=$(awk -F, -v no="$household" '$1 == no { print $6 }' "$city/truth/records/household.csv")
[ -n "$address" ] || fail "no protected household with an address"
grep -rqF "$address" "$case/out" && fail "the address of $household is told"
grep -q 非公開 "$out/applications.csv" || fail "no address is kept back"
grep -q '"rule set verified by":.*見本市保育課' "$out/run.json" || fail "verified by nobody"

# The auditor's check, from the run's files alone; then with each of them changed.
cp -r "$case/out/$first/." "$work/alone"
cp -r "$work/alone" "$work/case/out/copy"
"$nyusho" verify "$case" copy >/dev/null 2>&1 || fail "verify of a sound run"
# A run that somebody was handed, without its case; and by its path.
"$nyusho" verify "$work/alone" >/dev/null 2>&1 || fail "verify of a run alone"
"$nyusho" verify "$case" "$work/alone" >/dev/null 2>&1 || fail "verify of a run by its path"
"$nyusho" verify "$case/inputs" >/dev/null 2>&1 && fail "verify of no run"
changed() { # changed FILE SED: verify must not pass
    rm -rf "$work/case/out/copy"
    cp -r "$work/alone" "$work/case/out/copy"
    sed -i "$2" "$work/case/out/copy/$1"
    cmp -s "$work/case/out/copy/$1" "$work/alone/$1" && fail "$1: nothing was changed"
    "$nyusho" verify "$case" copy >/dev/null 2>"$work/err" && fail "verify passed a changed $1"
}
changed placements.csv '2s/内定,0106,みどりこども園/内定,0101,見本中央保育所/'
changed scores.csv '2s/,20,/,19,/'
changed inputs/records/job.csv '2s/180:00/80:00/'
changed inputs/rules.yaml '0,/160h: 20/s//160h: 19/'
changed inputs/seats.csv '2s/,3,いいえ/,9,いいえ/'

# The range that score tells is that of scores.csv, points of a facility with it.
rm -rf "$work/wrong"
cp -r "$case" "$work/wrong"
told=$("$nyusho" score "$work/wrong" 2>/dev/null | sed -n 's/.*合計指数 \(.*\) から \([^、]*\)、.*/\1 \2/p')
there=$(tail -n +2 "$work/wrong/out/latest/scores.csv" | awk -F, '
    NR == 1 || $11 < low { low = $11 } NR == 1 || $11 > high { high = $11 }
    END { printf "%.3f %.3f", low, high }')
[ "$told" = "$there" ] || fail "score tells $told, scores.csv has $there"

# A warning of the case's files is in findings.csv, and said once.
rm -rf "$work/wrong"
cp -r "$case" "$work/wrong"
awk 'BEGIN { FS = OFS = "," } NR == 2 { $3 = 90; $4 = 1 } { print }' "$city/case/seats.csv" >"$work/wrong/seats.csv"
"$nyusho" run "$work/wrong" >/dev/null 2>"$work/err"
[ "$(grep -c "\[seats-disagree\]" "$work/err")" -eq 1 ] || fail "seats-disagree: $(cat "$work/err")"
grep -q '^seats.csv,2,.*seats-disagree' "$work/wrong/out/latest/findings.csv" || fail "seats-disagree is in no file"

# What no final run may rest on: it is refused, and says so by name.
refused() { # refused CHECK FILE: after the import of FILE
    rm -rf "$work/wrong"
    cp -r "$case" "$work/wrong"
    "$nyusho" import "$work/wrong" "$2" >/dev/null 2>&1
    "$nyusho" run "$work/wrong" --final >/dev/null 2>"$work/err" && fail "$1 was let through"
    grep -q "\[final-findings\]" "$work/err" || fail "$1: not refused by name"
    "$nyusho" run "$work/wrong" >/dev/null 2>&1
    grep -q ",$1," "$work/wrong/out/latest/findings.csv" || fail "$1 is not in findings.csv"
}
printf '世帯番号,児童番号,種別,日付\n27000099,2700009901,取下げ,2026-12-10\n' >"$work/events.csv"
refused event-for-nobody "$work/events.csv"
printf '世帯番号,児童番号,人番号,規則,点数,理由,入力者,承認者\n27000001,999,,child-disability,5,面談,甲,乙\n' >"$work/points.csv"
refused points-for-nobody "$work/points.csv"
printf '世帯番号,児童番号,連番,希望施設番号\n27000001,2700000101,1,105\n' >"$work/preference.csv"
refused preference-unknown "$work/preference.csv"

# Taken back, it no longer stands in the way.
printf '世帯番号,児童番号,種別,日付\n27000099,2700009901,取下げ,2026-12-10\n27000099,2700009901,取消,2026-12-11\n' >"$work/events.csv"
rm -rf "$work/wrong"
cp -r "$case" "$work/wrong"
"$nyusho" import "$work/wrong" "$work/events.csv" >/dev/null 2>&1
"$nyusho" run "$work/wrong" --final >/dev/null 2>"$work/err"
[ $? -le 1 ] || { fail "a withdrawal taken back"; cat "$work/err"; }

[ "$failed" -eq 0 ] && echo "the decision stands"
exit "$failed"
