# For tests of whole runs, to be sourced: make_records FOLDER.
# Two hundred households, more than one set of the stream: one or two children,
# siblings, missing hours, a single parent now and then.
make_records() {
    mkdir "$1"
    echo "世帯番号,ひとり親区分,保育料滞納月数" >"$1/household.csv"
    echo "世帯番号,人番号,続柄,保護者の有無" >"$1/guardian.csv"
    echo "世帯番号,人番号,連番,事由" >"$1/reason.csv"
    echo "世帯番号,人番号,連番,雇用の形態,月間就労時間,月間休憩時間" >"$1/job.csv"
    echo "世帯番号,児童番号,児童生年月日,育休延長許容" >"$1/child.csv"
    echo "世帯番号,児童番号,連番,希望施設番号" >"$1/preference.csv"
    for i in $(seq 1001 1250); do
        echo "$i,$([ $((i % 9)) -eq 0 ] && echo ひとり親 || echo 無),$((i % 13 == 0 ? 4 : 0))" >>"$1/household.csv"
        for person in 1 2; do
            [ $((i % 9)) -eq 0 ] && [ $person -eq 2 ] && continue
            echo "$i,$person,$([ $person -eq 1 ] && echo 父 || echo 母),はい" >>"$1/guardian.csv"
            echo "$i,$person,1,就労" >>"$1/reason.csv"
            echo "$i,$person,1,正社員,$([ $((i % 11)) -eq 0 ] || echo $((100 + i % 80)):00),0:00" >>"$1/job.csv"
        done
        for child in 1 2; do
            [ $((i % 5)) -ne 0 ] && [ $child -eq 2 ] && continue
            echo "$i,$i-$child,202$((child + i % 4))-05-0$((1 + i % 9)),$([ $((i % 7)) -eq 0 ] && echo はい || echo いいえ)" >>"$1/child.csv"
            echo "$i,$i-$child,1,0001" >>"$1/preference.csv"
            echo "$i,$i-$child,2,000$((2 + i % 3))" >>"$1/preference.csv"
        done
    done
}
