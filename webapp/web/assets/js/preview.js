// Loads the page again when what it was made from has been saved. Only `signpost serve` puts it into pages.
const LOOK_EVERY = 100; // milliseconds

const shown = document.querySelector("[data-preview]")?.dataset.preview;
let typed = false; // what somebody is typing into a form is not thrown away

document.addEventListener("input", () => {
  typed = true;
});

async function look() {
  try {
    const answer = await fetch("/preview/state", { cache: "no-store" });
    const { state } = await answer.json();
    if (state !== shown && !typed) {
      window.location.reload();
      return;
    }
  } catch {
    // The server is being started again: look again soon.
  }
  setTimeout(look, document.hidden ? LOOK_EVERY * 10 : LOOK_EVERY);
}

if (shown) {
  look();
}
