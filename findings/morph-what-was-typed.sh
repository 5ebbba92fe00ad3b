#!/usr/bin/env bash
# A good guess: a morph changes on the page only what differs from the answer. So a note that is half written stays while the
# number beside it is brought up to date. If one field is at risk, it is the one that somebody is typing in, and for that one
# Idiomorph has `ignoreActiveValue`.
#
# What happens: Idiomorph, which is what one morphs with in HTMX 2, sets every field to what the answer says, and the answer
# knows of nothing that was typed: the note, the tick and the choice are gone, with the option from all fields but the one that
# has the cursor. morphdom does the same. HTMX 4 has the algorithm built in and does the opposite: it leaves every field as it
# was. The same answer is what a server sends when the note was saved and the form is empty again; there the note stays, ready
# to be sent twice. All of them close what the reader had opened.
#
# Version: idiomorph 0.8.0, morphdom 2.7.8, htmx.org 4.0.1, in jsdom 29.1.1; Chromium says the same of Idiomorph and HTMX 4.
# Source: bigskysoftware/idiomorph issue 27, of one field; its table of options names the active element alone.
# Why it matters here: a learning log is written in minutes between two visits. Nothing that has a field in it asks for itself
# again: what is polled, or kept as a draft, swaps a part of its own beside the form.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
printf '{"private": true}\n' > package.json
npm install --silent --no-audit --no-fund idiomorph@0.8.0 morphdom@2.7.8 htmx.org@4.0.1 \
  jsdom@29.1.1 css.escape@1.5.1

cat > try.js <<'JAVASCRIPT'
const { readFileSync } = require('node:fs')
const { JSDOM } = require('jsdom')

const form = (waiting) => `<form id="log">
  <p id="waiting">${waiting} waiting</p>
  <textarea id="note"></textarea>
  <input id="agreed" type="checkbox">
  <select id="kind"><option value="">-</option><option value="visit">A visit</option></select>
  <details id="help"><summary>Help</summary>Write what went well.</details>
  <input id="place">
</form>`

// A page of its own for each, with a library's own file loaded as a script element would load it.
async function page(file) {
  const { window } = new JSDOM(`<!doctype html><body>${form(1)}</body>`, { runScripts: 'outside-only', url: 'http://localhost' })
  // What HTMX 4 wants of a browser and jsdom lacks: CSS.escape, and a default for the kind of an XPath result.
  window.CSS = { escape: require('css.escape') }
  const evaluate = window.XPathExpression.prototype.evaluate
  window.XPathExpression.prototype.evaluate = function (node, kind = 0) { return evaluate.call(this, node, kind, null) }
  window.eval(readFileSync(`node_modules/${file}`, 'utf8'))
  await new Promise((ready) => setTimeout(ready, 50))
  return window
}

const idiomorph = (options) => async () => {
  const window = await page('idiomorph/dist/idiomorph.js')
  return [window, (log) => window.eval('Idiomorph').morph(log, form(2), options)]
}
const ways = {
  'idiomorph 0.8.0': idiomorph({}),
  'idiomorph 0.8.0, ignoreActiveValue': idiomorph({ ignoreActiveValue: true }),
  'morphdom 2.7.8': async () => {
    const window = await page('morphdom/dist/morphdom-umd.js')
    return [window, (log) => window.morphdom(log, form(2))]
  },
  'htmx.org 4.0.1, outerMorph': async () => {
    const window = await page('htmx.org/dist/htmx.js')
    return [window, (log) => window.htmx.swap({ text: form(2), target: log, sourceElement: log, swap: 'outerMorph' })]
  },
}

async function main() {
  for (const [name, way] of Object.entries(ways)) {
    const [window, morph] = await way()
    const at = (id) => window.document.getElementById(id)
    at('note').value = 'She sang again'
    at('agreed').checked = true
    at('kind').value = 'visit'
    at('help').open = true
    at('place').value = 'At home'
    at('place').focus()
    await morph(at('log'))
    const opened = at('help').open && 'the open help'
    const kept = [at('note').value, at('agreed').checked && 'the tick', at('kind').value, opened, at('place').value]
    console.log(`${name}: ${at('waiting').textContent}, kept: ${kept.filter(Boolean).join(', ') || 'nothing'}`)
  }
}
main()
JAVASCRIPT
node try.js | tee seen
cat > expected <<'TEXT'
idiomorph 0.8.0: 2 waiting, kept: nothing
idiomorph 0.8.0, ignoreActiveValue: 2 waiting, kept: At home
morphdom 2.7.8: 2 waiting, kept: nothing
htmx.org 4.0.1, outerMorph: 2 waiting, kept: She sang again, the tick, visit, At home
TEXT
diff expected seen || { echo "no longer so"; exit 1; }
echo "So: one of two morphs loses what was typed, and the other keeps what was meant to be gone."
