// A button beside each address that is meant to be passed on. Without JavaScript, or where the browser gives
// no clipboard (no https), there is none: the address can be marked and copied as ever.

function mark(node) {
  const range = document.createRange();
  range.selectNodeContents(node);
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

function add(address) {
  const { copy, copied, failed, about } = address.dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet copy";
  button.textContent = copy;
  if (about) button.setAttribute("aria-describedby", about);
  const status = document.createElement("span");
  status.className = "status";
  status.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    status.textContent = ""; // so that a second "Copied" is announced, too
    try {
      await navigator.clipboard.writeText(address.textContent.trim());
      status.textContent = copied;
    } catch {
      mark(address);
      status.textContent = failed;
    }
  });
  const line = document.createElement("span");
  line.className = "copying";
  line.append(button, status);
  (address.closest("a") ?? address).after(line);
}

if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(add);
