#!/usr/bin/env bash
# A final run refuses rules whose examples fail or that have none; allowed all
# the same, every output says so. What a run tells of its own points stands in
# findings.csv. Usage: untested_rules.sh NYUSHO NYUSHO-FIXTURES
set -euo pipefail
nyusho=$1 fixtures=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
fail() {
    echo "FAILED: $1" >&2
    exit 1
}

"$fixtures" generate --seed 3 --households 30 --damage none --quiet --out "$dir/city"
case=$dir/city/case
"$nyusho" --quiet import "$case" "$dir/city/truth/records" \
    "$case/manual_points.csv" "$case/events.csv" >"$dir/log" 2>&1 || true
sed -i 's/^rules: .*/rules: city.yaml/' "$case/nyusho.yaml"
good=rules/urasoe-r8.yaml

run() { # run ARGS…: status and output of a run
    status=0
    "$nyusho" run "$case" "$@" >"$dir/out" 2>"$dir/err" || status=$?
}
refused() { # refused WHY
    run --final
    [ "$status" -eq 2 ] || fail "$1: status $status"
    grep -q '\[final-untested\]' "$dir/err" || fail "$1: no final-untested"
    [ ! -e "$case/out/latest" ] || fail "$1: a run was written"
}
# Rows of every list that the last column does not mark so.
unmarked() { # unmarked KIND
    for list in "$case"/out/latest/*.csv; do
        case $list in */findings.csv) continue ;; esac
        tail -n +2 "$list" | tr -d '\r' | grep -v ",$1\$" && fail "$list lacks $1"
    done || true
}

# An example that fails, in the file and beside it; no example at all.
sed 's/expect: {work: \[20, 16\], total: 36/expect: {work: [20, 16], total: 37/' \
    "$good" >"$case/city.yaml"
refused "an example that fails"
cp "$good" "$case/city.yaml"
cat >"$case/city.examples-leaflet.yaml" <<'YAML'
format: nyusho-examples/1
rules: urasoe-r8
examples:
  - name: ちらしの計算例
    given: {arrears_previous_year: no, arrears_months: 0, single_parent: ひとり親, guardians: [{role: 母, reason: 求職}]}
    expect: {total: 33}
YAML
refused "an example beside the rules that fails"
sed '/^examples_with:/,$d' "$good" >"$case/city.yaml"
rm "$case/city.examples-leaflet.yaml"
refused "no example"

# Allowed: said everywhere.
run --final --allow-untested
[ "$status" -le 1 ] || fail "allowed: status $status: $(cat "$dir/err")"
grep -q '本番・規則未検証' "$dir/out" || fail "the terminal does not say it"
unmarked '本番・規則未検証'
grep -q '"untested rules allowed":.true' "$case/out/latest/run.json" ||
    fail "run.json does not say that it was allowed"
grep -q ',rules-untested,' "$case/out/latest/findings.csv" || fail "no finding"
child=$(sed -n 2p "$case/out/latest/placements.csv" | cut -d, -f2)
"$nyusho" explain "$case" "$child" >"$dir/explain"
grep -q '本番・規則未検証' "$dir/explain" || fail "explain does not say it"
rm -r "$case/out"

# A trial goes on, and says it too.
run
[ "$status" -le 1 ] || fail "trial: status $status"
unmarked '試算・規則未検証'
rm -r "$case/out"

# Examples beside the rules are enough, and go with the run.
cat >"$case/city.examples.yaml" <<'YAML'
format: nyusho-examples/1
rules: urasoe-r8
examples:
  - name: ちらしの計算例
    given: {arrears_previous_year: no, arrears_months: 0, single_parent: ひとり親, guardians: [{role: 母, reason: 求職}]}
    expect: {total: 34}
YAML
run --final
[ "$status" -le 1 ] || fail "beside: status $status: $(cat "$dir/err")"
unmarked '本番'
cmp -s "$case/city.examples.yaml" "$case/out/latest/inputs/rules.examples.yaml" ||
    fail "the examples are not among the inputs"
"$nyusho" --quiet verify "$case" || fail "verify"
grep -q ',rule-never-fired,注意,規則「disaster」' "$case/out/latest/findings.csv" ||
    fail "a rule that never held is not told"

# A rule about school districts that nobody entered: it holds for no one.
sed 's/^    - id: sibling-here$/    - {id: district, wording: 小学校区, page: "2", when: facility.school_district = school_district, points: 2}\n&/' \
    "$good" >"$case/city.yaml"
run
[ "$status" -le 1 ] || fail "district: status $status: $(cat "$dir/err")"
grep -q ',rule-never-fired,注意,規則「district」.*うち分からない児童 30 人' "$case/out/latest/findings.csv" ||
    fail "the forgotten rule is not told"
grep -q ',rule-unknown-value,注意,規則「district」が尋ねる「小学校区」(household.school_district) が、児童 30 人' \
    "$case/out/latest/findings.csv" || fail "the value nobody entered is not told"

# An order that leaves ties.
sed '/^order:/,/^$/{/^  - {id/d;/^  - id: workplace/,/wording/d;/^  - lottery/d}' "$good" >"$case/city.yaml"
run
[ "$status" -le 1 ] || fail "ties: status $status: $(cat "$dir/err")"
grep -q ',tie-unbroken,注意,"児童 ' "$case/out/latest/findings.csv" || fail "no tie is told"
run --final
grep -q '\[final-ties\]' "$dir/err" || fail "a final run with ties is made"
