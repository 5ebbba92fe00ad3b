// Share: the phone's own share sheet where there is one; else the ways that work everywhere, and a copy.
export function startShare() {
  for (const box of document.querySelectorAll("details[data-share]")) {
    const { title, share: text } = box.dataset;
    box.querySelector("summary").addEventListener("click", (event) => {
      if (navigator.share && !box.open) {
        event.preventDefault();
        navigator.share({ title, text }).catch((fault) => {
          // Whoever closed the sheet has changed their mind; anything else, and the other ways are shown.
          box.open = fault.name !== "AbortError";
        });
      }
    });
    const copy = box.querySelector("[data-copy]");
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      const copied = await toClipboard(text);
      box.querySelector("[role=status]").textContent = copied ? "Copied." : "Your browser does not let us copy.";
    });
  }
}

async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // A browser that keeps the clipboard to itself may still copy what is selected.
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    return copied;
  }
}
