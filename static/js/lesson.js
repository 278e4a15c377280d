// Keep the reader's prediction across the click that tests it, and show it beside what happened.
// It stays in this tab.

const key = `prediction ${location.pathname}`;
const predicted = document.createElement("p");

function show(choice) {
  predicted.textContent = `You predicted: ${choice.closest("label").textContent.trim()}`;
  document.querySelector(".predict details > summary").after(predicted);
}

for (const choice of document.querySelectorAll('[name="prediction"]')) {
  choice.checked = sessionStorage.getItem(key) === choice.value;
  if (choice.checked) show(choice);
  choice.addEventListener("change", () => {
    sessionStorage.setItem(key, choice.value);
    show(choice);
  });
}
