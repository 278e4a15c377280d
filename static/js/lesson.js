// Keep the reader's prediction across the click that tests it. It stays in this tab.

const key = `prediction ${location.pathname}`;

for (const choice of document.querySelectorAll('[name="prediction"]')) {
  choice.checked = sessionStorage.getItem(key) === choice.value;
  choice.addEventListener("change", () => sessionStorage.setItem(key, choice.value));
}
