// What only a script in the page can do: list the cookies that scripts see, and write one.

const WRITTEN = "Written. It goes along with the next request.";
const REFUSED = "Not written: the browser refused it, as it does over a cookie with HttpOnly.";

const listing = document.querySelector("[data-document-cookie]");

function list() {
  const text = document.cookie || "(nothing)";
  if (listing.textContent !== text) listing.textContent = text;
}

if (listing) {
  list();
  setInterval(list, 500);
}

for (const writer of document.querySelectorAll("[data-cookie-writer]")) {
  const input = writer.querySelector("input");
  if (!writer.querySelector("output")) {
    const line = document.createElement("p");
    line.append(document.createElement("output"));
    writer.append(line);
  }
  const outcome = writer.querySelector("output");
  writer.hidden = false;
  writer.querySelector("button").addEventListener("click", () => {
    // A semicolon would end the value and begin an attribute.
    const value = input.value.split(";")[0];
    const { cookieWriter: name, path = "/" } = writer.dataset;
    document.cookie = `${name}=${value}; path=${path}`;
    // Chromium says nothing when it refuses, as it does over a cookie with HttpOnly.
    const isWritten = document.cookie.split("; ").includes(`${name}=${value.trim()}`);
    const { written = WRITTEN, refused = REFUSED } = outcome.dataset;
    outcome.textContent = isWritten ? written : refused;
  });
}
