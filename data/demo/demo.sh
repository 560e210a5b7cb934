#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The whole way once: demo.sh BUILD_DIR OUT_DIR [--window]
#
# Makes keys, builds the demonstration bank and a session of the batch of 2021-04-24 that starts in some
# minutes, lets 30 candidates sit it on "stations" of their own, scores what they handed in, and writes a
# summary. The first candidate answers everything right, the second everything wrong, the others at
# random; the third in the real window of a virtual display, where there can be one, and leaves pictures
# of every page. With --window the session is made, and a person sits it in the station's window.
set -eu
umask 077
LC_ALL=C.UTF-8
export LC_ALL
build=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
ctl=$build/src/tool/jikaoctl
marker=.jikao-demonstration

# Exam time to real time: at 2000 an answer may take 30 ms on a slow disk and 90 minutes still suffice.
speed=${JIKAO_DEMO_SPEED:-2000}
# In the window a hand-in opens after half an hour: half a minute at 60.
window_speed=60

say () {
  printf '%s\n' "$*"
}

# quiet NAME COMMAND...: what it prints goes to a log, which is shown when it fails.
quiet () {
  log=log/$1.txt
  shift
  if ! "$@" >"$log" 2>&1; then
    say "failed: $*" >&2
    tail -n 20 "$log" >&2
    exit 1
  fi
}

# The code on the page with that title: the line with four blanks before it.
code_below () {
  awk -v title="$1" '
    { sub (/^\f/, "") }
    index ($0, title) == 1 { here = 1 }
    here && /^    / { print $1; exit }' office/*envelopes.txt
}

# Only what an earlier demonstration made is cleared away.
cd "$out"
made="office hall results sheets scores screens log scores.csv summary.txt"
if [ ! -e "$marker" ]; then
  for name in $made; do
    if [ -e "$name" ]; then
      say "$out/$name is there already, and no demonstration made it: choose another folder." >&2
      exit 1
    fi
  done
fi
: >"$marker"
for name in $made; do
  rm -rf "${out:?}/$name"
done
mkdir office hall hall/authorities results log

say "1/6 Keys of the authority and of the scoring centre (密钥)"
# The passphrases of a demonstration are no secret; a real one is typed, or kept by its owner.
printf 'passphrase=demonstration authority\n' >office/new-authority.secrets
printf 'passphrase=demonstration centre\n' >office/new-centre.secrets
printf 'authority-passphrase=demonstration authority\ncentre-passphrase=demonstration centre\n' \
  >office/office.secrets
quiet key-authority "$ctl" key new --kind authority --name "演示评价机构" \
  --secrets office/new-authority.secrets office/authority
quiet key-centre "$ctl" key new --kind centre --name "演示阅卷中心" \
  --secrets office/new-centre.secrets office/centre
# Pinned for rehearsals only: the secret of this key is public.
cp office/authority.jkpub hall/authorities/demonstration.rehearsal.jkpub

say "2/6 Question bank (题库)"
quiet bank "$ctl" bank build --authority office/authority.jkkey --centre office/centre.jkpub \
  --secrets office/office.secrets --out office/call-centre-4 \
  "$build/question-banks/call-centre-4/bank.ini"

say "3/6 Session of the batch of 2021-04-24, starting in some minutes (场次)"
# The sources with drawn photos beside them, which are made here: the tree holds no picture of a person.
mkdir office/source
cp -R "$here/../plans" "$here/../policies" "$here/../blueprints" office/source/
mkdir office/source/demo
cp "$here/session.ini" "$here/roster.csv" office/source/demo/
printf 'photos=photos\n' >>office/source/demo/session.ini
# A station lets nobody in years after the start; the office's hour is China's.
soon=$(($(date +%s) + (8 * 60 + 10) * 60))
sed -i "s/^starts=.*/starts=$(date -u -d "@$soon" +%Y-%m-%dT%H:%M)/" office/source/demo/session.ini
ini=$out/office/source/demo/session.ini
quiet photos python3 "$here/photos.py" "$here/roster.csv" office/source/demo/photos
quiet session "$ctl" session build --bank office/call-centre-4.jkbank \
  --authority office/authority.jkkey --centre office/centre.jkpub \
  --secrets office/office.secrets --out hall/session "$ini"
mv hall/session/*.office hall/session/*envelopes.txt office/
session=$(ls hall/session/*.jksession)
bank=$(ls hall/session/*.jkbank)
# Before the day: everybody logs in, every paper opens.
quiet lint "$ctl" session lint --bank "$bank" --office office/*.office --roster "$ini" \
  --authorities hall/authorities --secrets office/office.secrets "$session"
room=$(code_below "ROOM CODE")
start=$(code_below "START CODE")

# What lies in the inbox of a station, and what is typed at it; the strip of the window shows that.
inbox_for () {
  mkdir -p hall/inbox
  cp "$session" "$bank" hall/inbox/
  printf '[demo]\nroom-code=%s\nstart-code=%s\nchief-passcode=%s\nproctor-passcode=%s\n' \
    "$room" "$start" "$(code_below "PASSCODE, role chief")" \
    "$(code_below "PASSCODE, role proctor")" >hall/demo.ini
  printf 'seat=%s\nadmission=%s\nid-number=%s\n' "$(echo "$1" | cut -d , -f 7)" "$(echo "$1" | cut -d , -f 1)" \
    "$(echo "$1" | cut -d , -f 5)" >>hall/demo.ini
}

if [ "${3-}" = --window ]; then
  inbox_for "$(sed -n 2p "$here/roster.csv")"
  say
  say "The station opens with a rehearsal (试考). What the strip at its top shows is what to type."
  say "An hour is three minutes: --speed 20. Close the window when you have handed in."
  exec "$build/ui/station/jikao" --window --speed 20 --store hall/station --inbox hall/inbox \
    --authorities hall/authorities --demo hall/demo.ini --hardware "demonstration seat" \
    --incidents "$here/../incidents/standard.ini" \
    --seat "$(sed -n 's/^seat=//p' hall/demo.ini)"
fi

# What somebody who knows everything answers; only the centre can write it.
"$ctl" key show --centre office/centre.jkkey --authorities hall/authorities \
  --secrets office/office.secrets office/call-centre-4.jkkeys >office/all-right.txt

# sit NUMBER ADMISSION ID_NUMBER: on a station of its own.
sit () {
  printf 'room-code=%s\nstart-code=%s\nadmission=%s\nid-number=%s\n' "$room" "$start" "$2" "$3" \
    >hall/candidate.secrets
  case $1 in
  1) how="--answers office/all-right.txt" ;;
  2) how="--answers office/all-right.txt --wrong" ;;
  *) how="--seed $1" ;;
  esac
  # shellcheck disable=SC2086
  quiet "seat-$1" "$ctl" sit --session "$session" --bank "$bank" --store "hall/station-$1" \
    --hardware "demonstration seat $1" --authorities hall/authorities --out results \
    --secrets hall/candidate.secrets --speed "$speed" --minutes 40 $how
  rm -f hall/candidate.secrets
}

# The third candidate in the real window, while the others sit: by keyboard, and seen by pictures.
window=no
if [ -x "$build/ui/station/jikao" ] && command -v Xvfb >/dev/null && command -v xdotool >/dev/null; then
  window=yes
  inbox_for "$(sed -n 4p "$here/roster.csv")"
  printf 'passcode=%s\n' "$(code_below "PASSCODE, role chief")" >hall/chief.secrets
  quiet order "$ctl" order new --session "$session" --authorities hall/authorities --role chief \
    --act copy --secrets hall/chief.secrets hall/copy.jkorder
  rm -f hall/chief.secrets hall/chief.secrets.counter
  /usr/bin/python3 "$here/play.py" "$build" "$out" "$window_speed" >log/seat-3.txt 2>log/window.txt &
  player=$!
fi

say "4/6 Thirty candidates sit it, 40 of 90 minutes each, $speed times as fast as life (考试)"
number=0
while IFS=, read -r admission name sex kind id rest; do
  number=$((number + 1))
  [ $number -eq 1 ] || { [ $number -eq 4 ] && [ $window = yes ]; } || sit $((number - 1)) "$admission" "$id"
done <"$here/roster.csv"
if [ $window = yes ]; then
  say "    ... and the third in the station's window, $window_speed times as fast (see screens/)"
  if ! wait $player; then
    say "failed: the sitting in the window" >&2
    tail -n 40 log/window.txt log/seat-3.txt >&2
    exit 1
  fi
fi

# What the proctors collect: a slip of each candidate, and both passcodes.
say "5/6 Two proctors close the hall: each seat, each receipt (收卷)"
for role in chief proctor; do
  printf '%s-passcode=%s\n' "$role" "$(code_below "PASSCODE, role $role")"
done >hall/roles.secrets
for seat in log/seat-*.txt; do
  printf '[record %s]\nreceipt-1=%s\n' "$(sed -n 's/^record\t\([0-9]*\).*/\1/p' "$seat")" \
    "$(sed -n 's/^receipt\t//p' "$seat")"
done >hall/room.ini
quiet handin "$ctl" handin new --session "$session" --authorities hall/authorities \
  --results results --room hall/room.ini --out sheets --secrets hall/roles.secrets
rm -f hall/roles.secrets
sheet=$(ls sheets/*.jkhandin)
quiet handin-check "$ctl" handin check --session "$session" --authorities hall/authorities \
  "$sheet" results/*.jkresult
"$ctl" handin show --session "$session" --authorities hall/authorities "$sheet" >sheets/sheet.txt
# And what they sign with a pen: attendance, seating, record of the room (签到表、座次表、考场情况记录单).
printf 'passcode=%s\n' "$(code_below "PASSCODE, role chief")" >hall/chief.secrets
quiet forms "$ctl" session forms --session "$session" --authorities hall/authorities --role chief \
  --sheet "$sheet" --out sheets --secrets hall/chief.secrets
rm -f hall/chief.secrets

say "6/6 The centre verifies every result and scores it (阅卷)"
quiet verify "$ctl" result verify --session "$session" --authorities hall/authorities \
  --centre office/centre.jkkey --secrets office/office.secrets results/*.jkresult
quiet score "$ctl" score --session "$session" --bank "$bank" --keys office/call-centre-4.jkkeys \
  --centre office/centre.jkkey --authorities hall/authorities --results results --sheet "$sheet" \
  --out scores --secrets office/office.secrets
cp scores/scores.csv scores.csv
# The slip of candidate 1, as somebody who doubts it would have it checked.
slip=$(sed -n 's/^receipt\t//p' log/seat-1.txt)
quiet receipt "$ctl" receipt verify --session "$session" --bank "$bank" --authorities hall/authorities \
  --centre office/centre.jkkey --secrets office/office.secrets --receipt "$slip" \
  results/*-0-s1.jkresult

# The full marks of each section, from the blueprint: single, multiple and judgement items.
full_marks () {
  awk -F '[=/]' '
    /^\[/ { part = $0 }
    part == "[points]" && /^(single|multiple|judge)=/ { points[$1] = $2 }
    part == "[cells]" && /^[A-Z]/ {
      print $1, $2 * points["single"] + $3 * points["multiple"] + $4 * points["judge"]
    }' "$here/../blueprints/call-centre-4.ini"
}

# Section by section: full marks, candidate 1, candidate 2, mean of all.
section_table () {
  full_marks | awk -F '","' '
    BEGIN { printf "%6s %10s %10s %10s\n", "full", "all right", "all wrong", "mean" }
    NR == FNR { split ($0, pair, " "); full[pair[1]] = pair[2]; next }
    { sub (/^(\xef\xbb\xbf)?"/, ""); sub (/"\r?$/, "") }
    FNR == 1 {
      for (n = 5; n <= NF && $n != "总分"; n++)
        title[n] = $n
      total = n
      next
    }
    { for (n = 5; n <= total; n++) { sum[n] += $n; if (FNR <= 3) one[FNR, n] = $n } rows = FNR - 1 }
    END {
      title[total] = "总分 total"
      for (n = 5; n <= total; n++) {
        split (title[n], code, " ")
        marks = n < total ? full[code[1]] : all
        all += n < total ? marks : 0
        printf "%6d %10s %10s %10.1f   %s\n", marks, one[2, n], one[3, n], sum[n] / rows, title[n]
      }
    }' - scores.csv
}

fact () {
  sed -n "s/^$1: //p" "$2"
}

quiet show "$ctl" session show --authorities hall/authorities "$session"
{
  say "Jikao 机考  demonstration (演示)"
  say
  say "$(fact occupation log/show.txt) $(fact level log/show.txt)  $(fact subject log/show.txt)"
  say "Session (场次) $(fact session log/show.txt), hall (考场) $(fact hall log/show.txt)," \
    "starts (开考) $(fact starts log/show.txt), rehearsal: $(fact rehearsal log/show.txt)"
  say "$(fact items log/show.txt) items (题), $(fact duration-min log/show.txt) minutes (分钟);" \
    "$(fact notice log/bank.txt), $(fact notice log/show.txt)"
  say
  say "Before it (试运行) logged in $(fact logged-in log/lint.txt) of $(fact candidates log/lint.txt)," \
    "photos $(fact photos log/lint.txt), papers opened $(fact papers-opened log/lint.txt), faults $(fact faults log/lint.txt)"
  say "Results (答卷)  handed in and verified $(grep -c '^verified: signatures' log/verify.txt)," \
    "scored $(fact scored log/score.txt), absent (缺考) $(fact absent log/score.txt)," \
    "in quarantine (存疑) $(fact quarantined log/score.txt)"
  say "Passed (合格)   $(grep -c ',"合格",' scores.csv || true)," \
    "not passed (不合格) $(grep -c ',"不合格",' scores.csv || true)"
  say
  say "Receipt (回执)  of candidate 1: $slip," \
    "stands for $(fact answered log/receipt.txt) answers"
  say
  say "Scores (成绩). Candidate 1 answered everything right, candidate 2 everything wrong,"
  say "the others at random."
  say
  section_table
  say
  say "Closing sheet (收卷单) $(fact code log/handin.txt): due (应考) $(fact due log/handin-check.txt)," \
    "started $(fact started log/handin-check.txt) = sealed $(fact sealed log/handin-check.txt)" \
    "= receipts $(fact receipts log/handin-check.txt);"
  say "final scores (正式) $(fact final log/score.txt), provisional (待复核)" \
    "$(fact provisional log/score.txt)."
  say
  say "Here:  scores.csv       all scores (成绩册)"
  say "       results/         30 sealed results (答卷包), one per candidate"
  say "       sheets/          the closing sheet, and as it is signed on paper (收卷单)"
  say "       office/          keys, question bank, answer keys, codes (机构)"
  say "       hall/            what the lab had: session, bank, a store per station (考场)"
  [ $window = no ] || say "       screens/         every page of the third candidate's window (考生端)"
  say "       log/             what each step printed"
} >summary.txt
say
cat summary.txt

# A demonstration that shows something else has failed.
total () {
  awk -F '","' -v row="$1" '
    NR == 1 { while ($n != "总分" && n < NF) n++ }
    NR == row + 1 { print $n }' scores.csv
}
if [ "$(fact final log/score.txt)" != 30 ] || [ "$(total 1)" != 100 ] || [ "$(total 2)" != 0 ]; then
  say "This is not what was expected: 30 final scores, 100 for candidate 1, 0 for candidate 2." >&2
  exit 1
fi
