#!/usr/bin/env bash
# Why a child got what it got: for the office with other children by number, for
# the family with nothing about others. explain.sh BUILD_DIR
. "$(dirname "$0")/whole.sh"
city=fixtures/city

said() { grep -qF -- "$1" "$2" || fail "$2 does not say: $1
$(cat "$2")"; }

cp -r "$city/case" "$work/case"
chmod 700 "$work/case"
"$nyusho" --quiet import "$work/case" "$city/truth/records" \
    "$city"/case/{manual_points,events,reason-decided}.csv >"$work/log" 2>&1
"$nyusho" --quiet run "$work/case" --final >"$work/log" 2>&1
[ $? -le 1 ] || fail "run: $(cat "$work/log")"
cutoffs=$work/case/out/latest/cutoffs.csv

# Numbers and names by household: what must not stand on another family's sheet.
csv() { # csv FILE COLUMN…: household and these cells, separated by tabs
    awk -F, -v names="${*:2}" 'NR == 1 { sub(/^\xef\xbb\xbf/, ""); sub(/\r$/, "")
        n = split(names, want, " "); for (i = 1; i <= NF; i++) at[$i] = i; next }
        { sub(/\r$/, ""); for (i = 1; i <= n; i++)
            if ($at[want[i]] !~ /^(#.*)?$/) print $1 "\t" $at[want[i]] }' "$city/truth/records/$1.csv"
}
{
    csv child 世帯番号 児童番号 児童氏名 児童フリガナ
    csv guardian 氏名 フリガナ
    csv cohabitant 同居家族氏名
} | sort -u >"$work/marks"
[ "$(wc -l <"$work/marks")" -gt 200 ] || fail "few marks: $(wc -l <"$work/marks")"

# The rows of preferences of a page: facility, lowest placed, short; but for
# those in whose order the child does not stand.
preferences() {
    sed -n 's|^<tr><td class="n">[0-9]*</td><td>\([^ ]*\) [^<]*</td><td class="n">[^<]*</td><td class="n">[^<]* / [^<]*</td><td class="n">[^<]*</td><td class="n">\([^<]*\)</td><td class="n">\([^<]*\)</td>.*|\1 \2 \3|p' "$1"
}
n_shown=0
while IFS=, read -r household child class result _; do
    "$nyusho" explain "$work/case" "$child" --disclosure >"$work/sheet" 2>"$work/err"
    [ $? -le 1 ] || fail "$child: $(cat "$work/err")"
    "$nyusho" explain "$work/case" "$child" --disclosure --out "$work/sheet.html" 2>"$work/err"
    [ $? -le 1 ] || fail "$child: $(cat "$work/err")"
    "$nyusho" explain "$work/case" "$child" >"$work/office"
    awk -F'\t' -v own="$household" '$1 != own { print $2 }' "$work/marks" >"$work/others"
    # A name of the own household may be another's too.
    awk -F'\t' -v own="$household" '$1 == own { print $2 }' "$work/marks" >"$work/own"
    grep -vxFf "$work/own" "$work/others" >"$work/not"
    grep -F -f "$work/not" "$work/sheet" "$work/sheet.html" && fail "$child: another family"
    grep -v '^[0-9]*$' "$work/not" >"$work/names"
    grep -F -f "$work/names" "$work/office" && fail "$child: a name of another family"
    said "児童 $child " "$work/sheet"
    while read -r facility line short; do
        placed=$(awk -F, -v f="$facility" -v k="$class" '$1 == f && $3 == k { print $8 "," $12 }' "$cutoffs")
        if [ "${placed%,*}" -lt 3 ]; then
            [ "$line $short" = "- -" ] || fail "$child at $facility: $line, $short, with ${placed%,*} placed"
        else
            [ "$line" = "${placed#*,}" ] || fail "$child at $facility: $line, not ${placed#*,}"
            n_shown=$((n_shown + 1))
        fi
    done < <(preferences "$work/sheet.html")
    case $result in
    内定 | 転園内定) [ -n "$(preferences "$work/sheet.html")" ] || fail "$child: no preference on the page" ;;
    esac
done < <(tail -n +2 "$work/case/out/latest/placements.csv")
[ "$n_shown" -gt 0 ] || fail "no lowest points anywhere"
[ "$(stat -c %a "$work/sheet.html")" = 600 ] || fail "a sheet that is not 0600"

# More is masked or shown on request.
"$nyusho" explain "$work/case" 2700001401 --disclosure --mask 1 >"$work/sheet"
said "2 / 2        1 / 1          40  同点" "$work/sheet"
"$nyusho" explain "$work/case" 2700001401 --disclosure >"$work/sheet"
said "2 / 2  1 / 3人未満           -     -" "$work/sheet"

# The office sees who holds the last seat, by number, and what put the child behind.
"$nyusho" explain "$work/case" 2700001401 >"$work/office"
said "順位 2 / 2 人、募集 1、内定 1、最後の内定は児童 2700001301 (40 点、順位 1)。同点の決め手: 抽選" "$work/office"
"$nyusho" explain "$work/case" 2700001401 --json >"$work/json"
said '"last placed":{"child":"2700001301","total":"40","rank":1},"decided by":"抽選"' "$work/json"

# Siblings: every better entry with its reason; the family's sheet without the other child.
"$nyusho" explain "$work/case" 2700000201 >"$work/office"
said "児童 2700000202 が施設 0108 に入れない。最後の枠は児童 2700001801" "$work/office"
"$nyusho" explain "$work/case" 2700000201 --json >"$work/json"
said '"entry":1,"places":"児童 2700000201 施設 0108、児童 2700000202 施設 0108、児童 2700000203 施設 0108","given":false,"why not":"児童 2700000202 が施設 0108 に入れない。最後の枠は児童 2700001801"' "$work/json"
"$nyusho" explain "$work/case" 2700000201 --disclosure >"$work/sheet"
grep -q "→ 児童 2700000202 が施設 0108 に入れない$" "$work/sheet" || fail "the entry of siblings"

# Transfers: three who change round, seat after seat.
"$nyusho" explain "$work/case" 2700000301 >"$work/office"
said "施設 0101 (児童 2700000301 の枠): ほかの児童が内定 — 児童 2700000501" "$work/office"
said "施設 0102 (児童 2700000401 の枠): ほかの児童が内定 — 児童 2700000301 (この児童)" "$work/office"
"$nyusho" explain "$work/case" 2700000301 --json >"$work/json"
said '{"facility":"0103","seat of":"2700000501","became":"ほかの児童が内定","taken by":"2700000401"}' "$work/json"
"$nyusho" explain "$work/case" 2700000301 --disclosure >"$work/sheet"
said "0101 見本中央保育所: ほかの児童の枠になった" "$work/sheet"

# Where classes share their seats, the last one may be with a child of another.
cp -r "$work/case" "$work/pooled"
awk -F, -v OFS=, '$1 ~ /^010[125]$/ { $8 = "0|1|2|3|4|5" } 1' "$city/case/seats.csv" >"$work/pooled/seats.csv"
"$nyusho" --quiet run "$work/pooled" >"$work/log" 2>&1
"$nyusho" explain "$work/pooled" 2700002701 >"$work/office"
said "募集 2、内定 0、共有する枠の最後は児童 2700003901 (0歳児クラス)" "$work/office"
"$nyusho" explain "$work/pooled" 2700002701 --json >"$work/json"
said '"last seat with":"2700003901"' "$work/json"

# A protected household is said to whoever prints its sheet.
protected=$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "支援措置") at = i; next }
    at && $at == "はい" { print $1 }' "$city/truth/records/household.csv" | head -1)
[ -n "$protected" ] || fail "nobody is protected in the fixture"
child=$(awk -F, -v h="$protected" '$1 == h { print $2; exit }' "$city/truth/records/child.csv")
"$nyusho" explain "$work/case" "$child" --disclosure >"$work/sheet" 2>"$work/err"
[ $? -eq 1 ] && grep -q "\[disclosure-protected\]" "$work/err" || fail "$child is protected: $(cat "$work/err")"

# The same again in the same bytes; English; what does not go together.
"$nyusho" explain "$work/case" 2700000301 --disclosure --out "$work/one.html"
"$nyusho" explain "$work/case" 2700000301 --disclosure --out "$work/two.html"
cmp "$work/one.html" "$work/two.html" || fail "not the same bytes twice"
"$nyusho" --lang en explain "$work/case" 2700000301 --disclosure >"$work/sheet"
said "given to another child" "$work/sheet"
"$nyusho" explain "$work/case" 2700000301 --mask 5 >/dev/null 2>"$work/err"
[ $? -eq 2 ] && grep -q "\[bad-option\]" "$work/err" || fail "--mask alone"
"$nyusho" explain "$work/case" 2700000301 --disclosure --mask 0 >/dev/null 2>"$work/err"
[ $? -eq 2 ] && grep -q "\[bad-option\]" "$work/err" || fail "--mask 0"
"$nyusho" explain "$work/case" 99 >/dev/null 2>"$work/err"
[ $? -eq 2 ] && grep -q "\[unknown-child\]" "$work/err" || fail "unknown child"

[ $failed -eq 0 ] && echo "ok"
exit $failed
