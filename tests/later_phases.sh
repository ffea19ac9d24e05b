#!/usr/bin/env bash
# A later round by rules whose phases come one after another: what was decided
# stays, freed seats go to the first phase that wants them, and so on; verified,
# with planted faults. later_phases.sh BUILD_DIR
. "$(dirname "$0")/whole.sh"
case=$work/case records=$work/records
. tests/small_case.sh

graduate() { # graduate CHILD
    sed -i "s/^\(.*,$1,.*\),いいえ,\([^,]*\)$/\1,はい,\2/" "$records/child.csv"
}
rounds() { # rounds WORDS: what nyusho.yaml says of later rounds
    cp "$work/nyusho.yaml" "$case/nyusho.yaml"
    echo "rounds: {$1}" >>"$case/nyusho.yaml"
}
# later OPTIONS…: a round after the first; the children of $gone decline, those
# of $out_of_it withdraw.
later() {
    printf '%s\n' 児童番号,種別,日付 >"$work/w.csv"
    for child in $gone; do echo "$child,辞退,2027-02-01" >>"$work/w.csv"; done
    for child in $out_of_it; do echo "$child,取下げ,2027-01-31" >>"$work/w.csv"; done
    "$nyusho" place "$case" --after "$first" --withdrawn "$work/w.csv" "$@" >"$work/out" 2>"$work/err"
    [ $? -le 1 ] || fail "$*: $(cat "$work/err")"
    grep -qE "Sanitizer|runtime error" "$work/err" && fail "sanitizer"
    "$nyusho" verify "$case" >"$work/verified" 2>&1 || fail "verify: $(cat "$work/verified")"
    good=$(readlink -f "$case/out/latest")
}
chains() { tr -d '\r' <"$case/out/latest/chains.csv" | sed 1d; }

# In the first round the graduate 1011 takes the seat of 0102, 2011 and 2021
# those of 0101; 1021, another graduate, waits for 0102, 3011 for 0101, 3021
# for 0102.
small_case "$case"
cp "$case/nyusho.yaml" "$work/nyusho.yaml"
printf '%s\n' 0101,1,,2,いいえ 0102,1,,1,いいえ | seats "$case"
small_rules "$case" 'phase_mode: sequential
phases:
  - {id: graduates, wording: 卒園児, when: graduating}
  - {id: all, wording: 転園と新規}'
small_records "$records"
child 101 9 いいえ '' '' 0102
child 102 1 いいえ '' '' 0102
graduate 1011
graduate 1021
child 201 8 いいえ '' '' 0102 0101
child 202 7 いいえ '' '' 0101
child 301 5 いいえ '' '' 0101
child 302 4 いいえ '' '' 0102
place
holds 1011 0102 ''
holds 2011 0101 ''
holds 2021 0101 ''
first=$(basename "$(readlink -f "$case/out/latest")")

# The seat of 0102 comes back: 1021 of the first phase has it, however few its
# points. That of 0101 is for 3011.
rounds 'policy: 空いた枠のみ'
gone='1011 2021' out_of_it=
later
holds 1021 0102 ''
holds 3011 0101 ''
holds 2011 0101 ''
holds 3021 '' ''
[ "$(cell 2011 結果)" = 前回内定 ] || fail "2011: $(cell 2011 結果)"
[ "$(cell 1021 段階)" = 卒園児 ] || fail "1021: $(cell 1021 段階)"
chains | grep -q '^1,1011,辞退,2027-02-01,0102,1,1,1,1021,102,1,,0102,空いた枠,枠のない児童が入る,' || fail "chains: $(chains)"
chains | grep -q '^2,2021,辞退,2027-02-01,0101,1,1,1,3011,301,1,,0101,空いた枠,枠のない児童が入る,' || fail "chains: $(chains)"
for check in 施設ごとの順位に、 '募集人数が seats.csv' 選考に入る児童、 世帯の希望ときょうだい この回の枠 前回の内定が; do
    grep -q "○ $check" "$work/verified" || fail "$check is not checked: $(cat "$work/verified")"
done

# Faults planted in what that run wrote.
fault() { # fault CHECK FILE SED
    rm -rf "$case/out/copy"
    cp -r "$good" "$case/out/copy"
    sed -i "$3" "$case/out/copy/$2"
    cmp -s "$good/$2" "$case/out/copy/$2" && fail "$1: nothing was changed"
    "$nyusho" verify "$case" copy >"$work/out" 2>&1 && fail "$1: verify passed"
    grep -q "\[$1\]" "$work/out" || { fail "$1 is not told"; cat "$work/out"; }
}
fault round-seats-differ inputs/market-1.json '0,/"seats": \[0, *1/s//"seats": [0,2/'
fault round-seats-differ inputs/market-2.json '0,/"seats": \[0, *1/s//"seats": [0,2/'
fault round-seats-differ placements.csv '/,1021,/s/,0102,あおば,/,,,/'
fault child-missing inputs/records/child.csv '/,1021,/s/はい/いいえ/'
fault entries-differ inputs/records/preference.csv '/,3011,/s/0101/0102/'
fault order-incomplete inputs/records/preference.csv '/,3011,/s/0101/0102/'
fault decision-lost placements.csv '/,2011,/s/,前回内定,0101,/,保留,,/'
fault place-differs inputs/earlier/placements.csv '/,2011,/s/,内定,0101,/,内定,0102,/'
fault child-differs inputs/earlier/placements.csv '/,2011,/s/,内定,0101,/,内定,0102,/'
fault not-waiting inputs/earlier/placements.csv '/,3011,/d'

# Everyone again: in the second phase 2011 goes up only if the first leaves the
# seat; 2021 stays, and 3011 has the seat that 2011 leaves.
rounds 'policy: 全員再選考'
gone=1011
later
holds 1021 0102 ''
holds 2011 0101 ''
holds 3011 '' ''
out_of_it=1021
later
holds 2011 0102 ''
holds 2021 0101 ''
holds 3011 0101 ''
chains | cut -d, -f8-13 | tr '\n' ' ' | grep -q '1,2011,201,1,0101,0102 2,3011,301,1,,0101 ' || fail "chains: $(chains)"

# Those waiting first, inside each phase: a new graduate comes before one who
# waits in the second phase, and a new child of that phase after it.
child 501 2 いいえ '' '' 0101
graduate 5011
child 502 9 いいえ '' '' 0101
"$nyusho" --quiet import "$case" "$records" >/dev/null 2>&1
rounds 'policy: 待機優先'
gone='2011 2021' out_of_it=
later
holds 5011 0101 ''
holds 3011 0101 ''
holds 5021 '' ''
fault order-differs inputs/earlier/placements.csv '/,3011,/d'
rounds 'policy: 新規と同順'
later
holds 5011 0101 ''
holds 5021 0101 ''
holds 3011 '' ''
fault new-before-waiting inputs/nyusho.yaml 's/新規と同順/待機優先/'

# A month's round: what was decided is where they are, by every method.
printf '%s\n' 0101,1,,1,いいえ 0102,1,,0,いいえ | seats "$case"
for method in stable points_order preference_rounds; do
    sed "s/^phase_mode.*/&\nmethod: $method/" "$case/rules.yaml" >"$work/rules.yaml"
    cp "$case/rules.yaml" "$work/plain.yaml"
    cp "$work/rules.yaml" "$case/rules.yaml"
    rounds 'policy: 待機優先, earlier: 在園'
    gone=
    later
    [ "$(cell 2011 結果)" = 在園継続 ] || fail "$method: 2011 is $(cell 2011 結果)"
    holds 5011 0101 ''
    holds 5021 '' ''
    cp "$work/plain.yaml" "$case/rules.yaml"
done

# A proof of each phase, with what was decided as it is.
later --prove
tr -d '\n' <"$case/out/latest/proof.json" | grep -q '"graduates".*"stable".*"all".*"stable"' ||
    fail "proof.json: $(cat "$case/out/latest/proof.json")"

[ "$failed" -eq 0 ] && echo "later rounds stand, phase by phase"
exit "$failed"
