#!/usr/bin/env bash
# Phases through the program itself: as the first key of one market, and one
# market after another over the seats that remain; where a later phase frees a
# seat the two differ. phases.sh BUILD_DIR
. "$(dirname "$0")/whole.sh"
case=$work/case records=$work/records
. tests/small_case.sh

rules() { # rules HEAD [PHASES]
    small_rules "$case" "$1
phases:
${2:-  - {id: graduates, wording: 卒園児, when: graduating\}
  - {id: all, wording: 転園と新規\}}"
}
lines() { tr -d '\r' <"$case/out/latest/$1"; }
graduate() { # graduate CHILD
    sed -i "s/^\(.*,$1,.*\),いいえ,\([^,]*\)$/\1,はい,\2/" "$records/child.csv"
}

# 201 goes from 0101 to 0102; its seat is for the graduate of the first phase
# where there is one market, and for the next one of its own phase else.
small_case "$case"
printf '%s\n' 0101,1,,0,いいえ 0102,1,,1,いいえ | seats "$case"
small_records "$records"
child 101 1 いいえ '' '' 0101
graduate 1011
child 201 9 いいえ 0101 '' 0102
child 301 5 いいえ '' '' 0101
child 302 4 いいえ '' '' 0101
rules 'phase_mode: key'
place
holds 1011 0101 ''
holds 2011 0102 ''
holds 3011 '' ''
[ "$(cell 1011 段階)" = '' ] || fail "a phase is named in one market"
# freed FACILITY: 募集人数, 内定, 在園継続, 転園で空いた枠, 空き
freed() { lines cutoffs.csv | awk -F, -v f="$1" '$1 == f { print $6, $8, $9, $10, $11 }'; }
[ "$(freed 0101)" = "0 1 0 1 0" ] || fail "a seat freed by a transfer: $(freed 0101)"
[ "$(freed 0102)" = "1 1 0 0 0" ] || fail "no seat freed by a transfer: $(freed 0102)"
rules 'phase_mode: sequential'
place
holds 1011 '' ''
holds 2011 0102 ''
holds 3011 0101 ''
holds 3021 '' ''
expect_reason 1011 R2
expect_reason 3021 R1
[ "$(cell 1011 段階)" = 卒園児 ] || fail "1011: $(cell 1011 段階)"
[ "$(cell 3011 段階)" = 転園と新規 ] || fail "3011: $(cell 3011 段階)"

# A market for each phase, and a part of verify.json; each with its own lines.
for p in 1 2; do
    [ -s "$case/out/latest/inputs/market-$p.json" ] || fail "no market-$p.json"
done
[ ! -e "$case/out/latest/inputs/market.json" ] || fail "market.json as well"
grep -q '"phase": "graduates"' "$case/out/latest/verify.json" || fail "verify.json"
[ "$(lines cutoffs.csv | grep -c '^0101,')" -eq 2 ] || fail "cutoffs of each phase"
lines ranking.csv | grep -q '^0101,.*,転園と新規,0,1,3011,' || fail "ranking.csv"
"$nyusho" explain "$case" 3011 2>/dev/null |
    grep -q '選考の段階: 転園と新規 (2/2)' || fail "explain"
grep -q '"seats left":[[:space:]]*0' "$case/out/latest/run.json" || fail "seats left"

# What is told of the run afterwards knows its phases, or says that it cannot.
"$nyusho" explain "$case" 2011 2>/dev/null |
    grep -q '施設 0101 (児童 2011 の枠): .*児童 3011' || fail "explain: the seat left in the second phase"
"$nyusho" explain "$case" 2011 --disclosure 2>/dev/null | grep -q '0101 みどり: ほかの児童の枠になった' ||
    fail "the sheet: the seat left in the second phase"
cannot() { # cannot CHECK COMMAND…
    local check=$1
    shift
    "$nyusho" "$@" >/dev/null 2>"$work/err"
    [ $? -eq 2 ] || fail "$check: status"
    grep -q "\[$check\]" "$work/err" || fail "$check: $(cat "$work/err")"
}
cannot seats-not-one-market report "$case" seats
by_hand() { # by_hand PLACE-OF-3011 PLACE-OF-3021 PLACE-OF-1011
    printf '%s\n' 児童番号,施設番号 2011,0102 "3011,$1" "3021,$2" "1011,$3" >"$work/hand.csv"
    "$nyusho" compare "$case" --manual "$work/hand.csv" >"$work/out" 2>"$work/err"
}
by_hand 0101 '' '' || fail "by hand the same: $(cat "$work/out" "$work/err")"
grep -q '一致 100.000 %' "$work/out" || fail "by hand the same: $(cat "$work/out")"
by_hand '' 0101 ''
grep -q '順位が上の児童を飛ばす: 施設 0101、児童 3011' "$work/out" || fail "by hand, the next one: $(cat "$work/out")"
by_hand 0101 '' 0101
grep -q '手作業では枠を超える: 施設 0101 1歳児クラス 1 人' "$work/out" || fail "by hand, one too many: $(cat "$work/out")"

# Seats that the first phase leaves are there in the second; a child whom no
# phase takes comes after them.
printf '%s\n' 0101,1,,2,いいえ 0102,1,,1,いいえ | seats "$case"
rules 'phase_mode: sequential' '  - {id: graduates, wording: 卒園児, when: graduating}
  - {id: nobody, wording: だれもいない, when: support_seat, after: graduates}
  - {id: enrolled, wording: 転園, when: enrolled, after: nobody}'
place
holds 1011 0101 ''
holds 2011 0102 ''
holds 3011 0101 ''
holds 3021 0101 ''
[ -s "$case/out/latest/inputs/market-4.json" ] || fail "no market of those left"
[ "$(cell 3021 段階)" = '(どの段階でもない児童)' ] || fail "3021: $(cell 3021 段階)"

# A household of two phases goes into the later one, or the earlier.
child 401 8 いいえ '' '' 0102
child 401 8 いいえ '' '' 0102
graduate 4011
rules 'phase_mode: sequential'
place
[ "$(cell 4011 段階)" = 転園と新規 ] || fail "later: $(cell 4011 段階)"
rules $'phase_mode: sequential\nsiblings_phase: earlier'
place
[ "$(cell 4012 段階)" = 卒園児 ] || fail "earlier: $(cell 4012 段階)"
holds 4011 0102 ''

# The same by the other methods.
for method in points_order preference_rounds; do
    rules "phase_mode: sequential
method: $method"
    place
    grep -q "\"method\": \"$method\"" "$case/out/latest/inputs/market-2.json" ||
        fail "$method"
done

# Faults planted in what the run wrote.
rules 'phase_mode: sequential'
place
good=$(readlink -f "$case/out/latest")
fault() { # fault CHECK FILE SED
    rm -rf "$case/out/copy"
    cp -r "$good" "$case/out/copy"
    sed -i "$3" "$case/out/copy/$2"
    cmp -s "$good/$2" "$case/out/copy/$2" && fail "$1: nothing was changed"
    "$nyusho" verify "$case" copy >"$work/out" 2>&1 && fail "$1: verify passed"
    grep -q "\[$1\]" "$work/out" || { fail "$1 is not told"; cat "$work/out"; }
}
fault seats-differ inputs/market-2.json '0,/"seats": \[0, *1/s//"seats": [0,2/'
fault seats-differ placements.csv '/,1011,/s/,0101,みどり,/,,,/'
fault child-missing inputs/records/child.csv '/,1011,/s/はい/いいえ/'
fault placement-missing placements.csv '/,3021,/d'

# Phases that cannot be: one line with its place.
refuse() { # refuse CHECK RULES-LINE
    "$nyusho" place "$case" >/dev/null 2>"$work/err"
    [ $? -eq 2 ] || fail "$1: status"
    grep -q "rules.yaml:$2: .*\[$1\]" "$work/err" || fail "$1: $(cat "$work/err")"
    [ "$(grep -c . "$work/err")" -eq 1 ] || fail "$1: more than one line"
}
rules 'phase_mode: sequential' '  - {id: first, wording: あ, when: graduating, after: last}
  - {id: last, wording: い, after: first}'
refuse phase-cycle '7:5'
rules 'phase_mode: sequential' '  - {id: first, wording: あ, when: graduating and facility is linked}
  - {id: last, wording: い}'
refuse phase-by-facility '7:[0-9]*'
[ "$failed" -eq 0 ] && echo "phases hold"
exit "$failed"
