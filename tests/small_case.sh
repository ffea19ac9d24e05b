# For tests of whole runs, to be sourced after whole.sh; $case and $records are
# the caller's. A case of two facilities whose rules give one
# point for each child of the household, so that a test says who comes first.
small_case() { # small_case FOLDER
    mkdir -p "$1"
    cat >"$1/nyusho.yaml" <<'YAML'
format: nyusho-case/1
municipality: 見本市
round: 2027-04
fiscal_year: 2027
entry_date: 2027-04-01
deadline: 2026-11-30
rules: rules.yaml
nurseries: nurseries.csv
seats: seats.csv
lottery: {seed: 種, approved_by: 課長, approved_on: 2026-12-01}
rules_verified: {by: 課長, on: 2026-12-01}
YAML
    printf '%s\n' 施設番号,施設名,種別 0101,みどり,保育所 0102,あおば,小規模 \
        >"$1/nurseries.csv"
}
# small_rules FOLDER MORE [ORDER]: `more` goes before the order.
small_rules() {
    cat >"$1/rules.yaml" <<YAML
format: nyusho-rules/1
id: small
title: 試験の基準表
source: {document: 試験の基準表, year: 2027, pages: [1]}
$2
household:
  adjust:
    - {id: children, wording: 子の数, per: children_under_18, points: 1}
order: [${3:-lottery}]
examples:
  - name: 子3人
    given: {single_parent: 父母不在, children_under_18: 3}
    expect: {children: 3}
YAML
}
seats() { # seats FOLDER <LINES: 施設番号,クラス,枠,募集人数,転園枠算入
    {
        echo 施設番号,クラス,枠,受入可能,継続在園,転園希望者数,募集人数,転園枠算入,確認者
        while IFS=, read -r code class kind n own; do
            echo "$code,$class,$kind,,,,$n,$own,係長"
        done
    } >"$1/seats.csv"
}
small_records() { # small_records FOLDER: without anybody
    rm -rf "$1"
    mkdir "$1"
    echo 世帯番号,ひとり親区分,18歳未満の子の数,生活保護 >"$1/household.csv"
    echo 世帯番号,児童番号,児童生年月日,加配枠の認定,在園施設,地域型卒園,在園の枠 >"$1/child.csv"
    echo 世帯番号,児童番号,連番,希望施設番号 >"$1/preference.csv"
}
# child HOUSEHOLD POINTS SUPPORT ENROLLED SEAT-KIND WISH…: of class 1; the
# next number of the household.
child() {
    local home=$1 n no seq=0
    n=$(grep -c "^$home," "$records/child.csv")
    no=$home$((n + 1))
    [ "$n" -gt 0 ] || echo "$home,父母不在,$2,いいえ" >>"$records/household.csv"
    echo "$home,$no,2025-06-01,$3,${4:-#該当なし},いいえ,$5" >>"$records/child.csv"
    for wish in "${@:6}"; do
        seq=$((seq + 1))
        echo "$home,$no,$seq,$wish" >>"$records/preference.csv"
    done
}
place() { # place [OPTIONS]: the records as they are now
    rm -rf "$case/out" "$case/case.db"
    "$nyusho" --quiet import "$case" "$records" >/dev/null 2>"$work/err" ||
        [ $? -eq 1 ] || fail "import: $(cat "$work/err")"
    "$nyusho" place "$case" "$@" >"$work/out" 2>"$work/err" ||
        [ $? -eq 1 ] || fail "place: $(cat "$work/err")"
    grep -qE "Sanitizer|runtime error" "$work/err" && fail "sanitizer"
    "$nyusho" verify "$case" >"$work/verified" 2>&1 ||
        fail "verify: $(cat "$work/verified")"
}
cell() { # cell CHILD HEADER: of placements.csv
    awk -F, -v name="$2" -v child="$1" '
        { sub(/\r$/, "") }
        NR == 1 { sub(/^\xef\xbb\xbf/, "")
                  for (i = 1; i <= NF; i++) at[$i] = i }
        $at["児童番号"] == child { print $at[name] }
        ' "$case/out/latest/placements.csv"
}
holds() { # holds CHILD FACILITY KIND
    local got
    got=$(cell "$1" 施設番号)/$(cell "$1" 枠)
    [ "$got" = "$2/$3" ] || fail "$1 has $got, not $2/$3"
}
expect_reason() { # expect_reason CHILD CODE
    [ "$(cell "$1" 理由)" = "$2" ] || fail "$1: $(cell "$1" 理由), not $2"
}
