// What is on above a list, in one row on a phone: the link that the keyboard comes to is shown whole. By itself a browser
// moves such a row only for what is out of sight, and leaves what is cut at its edge.
export function startChipRow() {
  document.addEventListener("focusin", ({ target }) => {
    // Not under a thumb or a mouse: what is pressed must stay where it is.
    if (target.closest(".chip-row") && target.matches(":focus-visible")) {
      target.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  });
}
