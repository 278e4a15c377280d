// A fetch() from another site, which asks the browser to send cookies along.

const status = document.querySelector("[data-fetch]");

if (status) {
  await fetch(status.dataset.fetch, { mode: "no-cors", credentials: "include" });
  status.textContent = "The fetch() was sent.";
}
