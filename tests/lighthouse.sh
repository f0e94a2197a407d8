#!/usr/bin/env bash
# Has Lighthouse judge the start page, a programme page and the form, on a telephone and on a desktop: each the median of
# five runs; every figure has to be 100. Wants a running desk (`bin/run`), Chromium and Node 20 or newer.
#   tests/lighthouse.sh [http://127.0.0.1:8080]
set -euo pipefail
base=${1:-http://127.0.0.1:8080}
root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
runs=${RUNS:-5}
tools=$root/target/lighthouse
lighthouse=$tools/node_modules/.bin/lighthouse
export CHROME_PATH=${CHROME_PATH:-$(command -v chromium)}
if [ ! -x "$lighthouse" ]; then
  echo 'Fetching Lighthouse' >&2
  # The last version that runs on Node 20.
  npm install --silent --no-save --no-audit --no-fund --prefix "$tools" lighthouse@12.8.2 </dev/null >&2
fi
results=$(mktemp -d)
trap 'rm -rf -- "$results"' EXIT
flags='--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run'
outcome=0
for form in mobile desktop; do
  preset=()
  [ $form = mobile ] || preset=(--preset=desktop)
  for page in /en/ /ja/pages/seminar /en/enquiries/new; do
    for run in $(seq "$runs"); do
      "$lighthouse" "$base$page" "${preset[@]}" --chrome-flags="$flags" --quiet --output=json \
        --output-path="$results/$run.json" >/dev/null 2>&1 || { echo "Lighthouse failed at $page" >&2; exit 2; }
    done
    node - "$results" "$runs" "$form $page" <<'SCRIPT' || outcome=1
const [, , folder, runs, name] = process.argv;
const reports = Array.from({ length: Number(runs) }, (_, run) => require(`${folder}/${run + 1}.json`));
const median = (all) => all.sort((one, other) => one - other)[Math.floor(all.length / 2)];
const figures = Object.keys(reports[0].categories).map((key) => [key, Math.round(100 * median(reports.map((report) => report.categories[key].score)))]);
console.log(`${name}: ${figures.map(([key, figure]) => `${key} ${figure}`).join(", ")}`);
process.exit(figures.every(([, figure]) => figure === 100) ? 0 : 1);
SCRIPT
  done
done
exit $outcome
