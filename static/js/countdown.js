// Let the seconds tick that the server counted. Zero is the end.

const started = performance.now();
const clocks = [...document.querySelectorAll("[data-seconds]")].map((element) => ({
  element,
  seconds: Number(element.textContent),
}));

function tick() {
  const passed = Math.floor((performance.now() - started) / 1000);
  for (const { element, seconds } of clocks) {
    element.textContent = Math.max(0, seconds - passed);
  }
}

if (clocks.length) setInterval(tick, 250);
