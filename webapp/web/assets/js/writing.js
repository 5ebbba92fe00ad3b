// Where a file is written: from a fault to its line with one press, and the line that one is on.
export function startWriting() {
  const area = document.querySelector(".writing .writing__area");
  if (!area) {
    return;
  }
  offerLines(document);
  document.body.addEventListener("htmx:load", (event) => offerLines(event.detail.elt));
  askBeforeLeaving(area);
  if (area.dataset.start) {
    goTo(area, Number(area.dataset.start));
  }
}

function offerLines(arrived) {
  for (const button of arrived.querySelectorAll("[data-line]")) {
    button.hidden = false;
    button.parentElement.querySelector("[data-no-script]")?.remove();
  }
}

// What was typed and not sent is not left by mistake.
function askBeforeLeaving(area) {
  let typed = false;
  area.addEventListener("input", () => {
    typed = true;
  });
  area.form.addEventListener("submit", (event) => {
    typed &&= event.submitter?.formTarget === "_blank";
  });
  window.addEventListener("beforeunload", (event) => {
    if (typed) {
      event.preventDefault();
    }
  });
}

function goTo(area, line) {
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  // Browsers do not scroll to what was selected by a script.
  area.scrollTop = (area.scrollHeight * (line - 1)) / lines.length - area.clientHeight / 3;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-line]");
  const area = document.querySelector(".writing__area");
  if (button && area) {
    goTo(area, Number(button.dataset.line));
  }
});

document.addEventListener("selectionchange", () => {
  const area = document.activeElement;
  const told = area?.id && document.querySelector(`[data-caret="${area.id}"]`);
  if (told) {
    const line = area.value.slice(0, area.selectionStart).split("\n").length;
    told.hidden = false;
    told.textContent = `Line ${line}`;
  }
});
