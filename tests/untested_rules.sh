#!/usr/bin/env bash
# A final run refuses rules whose examples fail or that have none; allowed all
# the same, every output says so. What a run tells of its own points stands in
# findings.csv. Usage: untested_rules.sh NYUSHO
set -euo pipefail
nyusho=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
fail() {
    echo "FAILED: $1" >&2
    exit 1
}

# A case that may be final: 24 households of one parent looking for work.
case=$dir/case
"$nyusho" --quiet init "$case"
sed -i 's/,いいえ,,,1,2026-12-01/,いいえ,,係長,1,2026-12-01/' "$case/seats.csv"
sed -i -e 's/^lottery: .*/lottery: {seed: 種, approved_by: 課長, approved_on: 2026-12-01}/' \
    -e 's/^rules_verified: .*/rules_verified: {by: 課長, on: 2026-12-01}/' \
    -e 's/^rules: .*/rules: city.yaml/' "$case/nyusho.yaml"
mkdir "$dir/records"
echo '世帯番号,ひとり親区分,保育料滞納月数' >"$dir/records/household.csv"
echo '世帯番号,人番号,続柄,保護者の有無' >"$dir/records/guardian.csv"
echo '世帯番号,人番号,連番,事由' >"$dir/records/reason.csv"
echo '世帯番号,児童番号,児童生年月日,在園施設,育休延長許容' >"$dir/records/child.csv"
echo '世帯番号,児童番号,連番,希望施設番号' >"$dir/records/preference.csv"
for i in $(seq 101 124); do
    echo "$i,ひとり親,0" >>"$dir/records/household.csv"
    echo "$i,1,母,はい" >>"$dir/records/guardian.csv"
    echo "$i,1,1,求職" >>"$dir/records/reason.csv"
    echo "$i,${i}1,2025-06-01,#該当なし,いいえ" >>"$dir/records/child.csv"
    echo "$i,${i}1,1,0001" >>"$dir/records/preference.csv"
done
"$nyusho" --quiet import "$case" "$dir/records" >"$dir/log" 2>&1 || [ $? -eq 1 ]
good=rules/example-city/rules.yaml

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
rules: example-city
examples:
  - name: ちらしの計算例
    given: {arrears_months: 0, single_parent: ひとり親, guardians: [{reason: 求職}]}
    expect: {total: 25}
YAML
refused "an example beside the rules that fails"
sed '/^examples:/,$d' "$good" >"$case/city.yaml"
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
rules: example-city
examples:
  - name: ちらしの計算例
    given: {arrears_months: 0, single_parent: ひとり親, guardians: [{reason: 求職}]}
    expect: {total: 26}
YAML
run --final
[ "$status" -le 1 ] || fail "beside: status $status: $(cat "$dir/err")"
unmarked '本番'
cmp -s "$case/city.examples.yaml" "$case/out/latest/inputs/rules.examples.yaml" ||
    fail "the examples are not among the inputs"
"$nyusho" --quiet verify "$case" || fail "verify"
grep -q ',rule-never-fired,注意,規則「birth」' "$case/out/latest/findings.csv" ||
    fail "a rule that never held is not told"
grep -q ',rule-always-fired,注意,規則「seeking」' "$case/out/latest/findings.csv" ||
    fail "a rule that always held is not told"

# A rule about school districts that nobody entered: it holds for no one.
sed 's/^    - id: sibling-here$/    - {id: district, wording: 小学校区, when: facility.school_district = school_district, points: 2}\n&/' \
    "$good" >"$case/city.yaml"
run
[ "$status" -le 1 ] || fail "district: status $status: $(cat "$dir/err")"
grep -q ',rule-never-fired,注意,規則「district」.*うち分からない児童 24 人' "$case/out/latest/findings.csv" ||
    fail "the forgotten rule is not told"
grep -q ',rule-unknown-value,注意,規則「district」が尋ねる「小学校区」(household.school_district) が、児童 24 人' \
    "$case/out/latest/findings.csv" || fail "the value nobody entered is not told"

# An order that leaves ties.
sed '/^  - lottery/d' "$good" >"$case/city.yaml"
run
[ "$status" -le 1 ] || fail "ties: status $status: $(cat "$dir/err")"
grep -q ',tie-unbroken,注意,"児童 ' "$case/out/latest/findings.csv" || fail "no tie is told"
run --final
grep -q '\[final-ties\]' "$dir/err" || fail "a final run with ties is made"
