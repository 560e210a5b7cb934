#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The whole way once: demo.sh BUILD_DIR OUT_DIR
#
# Makes keys, builds the demonstration bank and the session of the batch of 2021-04-24, lets 30 scripted
# candidates sit it on "stations" of their own, scores what they handed in, and writes a summary. The first
# candidate answers everything right, the second everything wrong, the others at random.
set -eu
umask 077
build=$1
out=$2
here=$(cd "$(dirname "$0")" && pwd)
ctl=$build/src/tool/jikaoctl
speed=${JIKAO_DEMO_SPEED:-20000}

say () { printf '%s\n' "$*"; }

# Only what this script made is cleared away.
for made in office hall results scores; do rm -rf "${out:?}/$made"; done
rm -f "$out/summary.txt"
mkdir -p "$out/office" "$out/hall/authorities" "$out/results" "$out/scores"
cd "$out"

# 1. Keys. The passphrases of a demonstration are no secret; a real one is typed or kept by its owner.
printf 'passphrase=demonstration authority\n' >office/new-authority.secrets
printf 'passphrase=demonstration centre\n' >office/new-centre.secrets
printf 'authority-passphrase=demonstration authority\ncentre-passphrase=demonstration centre\n' \
  >office/office.secrets
say "1. Keys of the authority and of the scoring centre"
"$ctl" key new --kind authority --name "演示评价机构" --secrets office/new-authority.secrets office/authority
"$ctl" key new --kind centre --name "演示阅卷中心" --secrets office/new-centre.secrets office/centre
cp office/authority.jkpub hall/authorities/demonstration.rehearsal.jkpub

# 2. The bank, then the session of batch 1.
say "2. Question bank"
"$ctl" bank build --authority office/authority.jkkey --centre office/centre.jkpub \
  --secrets office/office.secrets --out office/call-centre-4 \
  "$here/../../question-banks/call-centre-4/bank.ini"
say "3. Session"
"$ctl" session build --bank office/call-centre-4.jkbank --authority office/authority.jkkey \
  --centre office/centre.jkpub --secrets office/office.secrets --out hall/session \
  "$here/session.ini"
session=$(ls hall/session/*.jksession)
bank=$(ls hall/session/*.jkbank)
mv hall/session/*.office hall/session/*envelopes.txt office/
"$ctl" session show --authorities hall/authorities "$session"

# 3. The envelopes are opened: room code and start code.
room=$(sed -n 's/^Room code: *//p' office/*envelopes.txt | head -n 1)
start=$(sed -n 's/^Start code: *//p' office/*envelopes.txt | head -n 1)

# 4. Answers of somebody who knows everything.
"$ctl" key show --centre office/centre.jkkey --authorities hall/authorities \
  --secrets office/office.secrets office/call-centre-4.jkkeys >office/all-right.txt

say "4. Thirty candidates sit it"
number=0
tail -n +2 "$here/roster.csv" | while IFS=, read -r admission name sex kind id rest; do
  number=$((number + 1))
  printf 'room-code=%s\nstart-code=%s\nadmission=%s\nid-number=%s\n' \
    "$room" "$start" "$admission" "$id" >hall/candidate.secrets
  case $number in
  1) how="--answers office/all-right.txt" ;;
  2) how="--answers office/all-right.txt --wrong" ;;
  *) how="--seed $number" ;;
  esac
  # shellcheck disable=SC2086
  "$ctl" sit --session "$session" --bank "$bank" --store "hall/station-$number" \
    --hardware "demonstration seat $number" --authorities hall/authorities --out results \
    --secrets hall/candidate.secrets --speed "$speed" --minutes 40 $how >"hall/seat-$number.log"
  rm -f hall/candidate.secrets
done

say "5. The centre verifies and scores"
"$ctl" score --session "$session" --bank "$bank" --keys office/call-centre-4.jkkeys \
  --centre office/centre.jkkey --authorities hall/authorities --results results --out scores \
  --secrets office/office.secrets
cp scores/scores.csv scores.csv

{
  say "Jikao 机考: demonstration (试考), session of 2021-04-24"
  say "Bank, answer keys, office file: office/    session and station stores: hall/"
  say
  "$ctl" session show --authorities hall/authorities "$session"
  say
  say "results handed in: $(ls results/*.jkresult | wc -l)"
  say "all right: $(sed -n 2p scores.csv)"
  say "all wrong: $(sed -n 3p scores.csv)"
  say
  say "Every score is provisional until closing sheets exist (closing sheets come with the proctor's part)."
} >summary.txt
say "Done: $out/summary.txt, $out/scores.csv"
