// A reload that the page itself asks for, unlike one by the browser's button.

for (const button of document.querySelectorAll("[data-reload]")) {
  button.hidden = false;
  button.addEventListener("click", () => location.reload());
}
