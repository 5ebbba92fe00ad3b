// Small comforts for single pages, each found by its data attribute.

// <form data-submit-on-change>: a choice in a filter or a sort order is acted on at once; the button stays for
// those without a script.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-submit-on-change]");
  if (form && !form.hasAttribute("hx-get")) {
    form.requestSubmit();
  }
});

// <button data-print>: there is no way to print without a script, so the button is hidden until now.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// <button data-copy="id">: puts the words of that element on the clipboard; hidden where there is none to put them on.
for (const button of document.querySelectorAll('[data-copy]:not([data-copy=""])')) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = "Copied";
  });
}

// <details data-open-wide>: open on a screen, closed on a phone, where it would hide what was asked for.
const wide = window.matchMedia("(min-width: 60em)");
for (const drawer of document.querySelectorAll("details[data-open-wide]")) {
  drawer.open ||= wide.matches;
}
