// Keys for a card: arrows go to its neighbors, Enter reveals the answer.

for (const hint of document.querySelectorAll(".keys")) hint.hidden = false;

document.addEventListener("keydown", (event) => {
  // Alt+Left is the browser's own, and a focused link, button or field has its own Enter.
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest("a, button, input, pre, select, summary, textarea")) return;
  const target = {
    ArrowLeft: '.neighbors [rel="prev"]',
    ArrowRight: '.neighbors [rel="next"]',
    Enter: ".reveal > summary",
  }[event.key];
  if (target) document.querySelector(target)?.click();
});
