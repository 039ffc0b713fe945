// Offers each chart as PNG as well: the browser draws the SVG that the page links to, three times as large.

const SCALE = 3;

/** Draw an SVG file on a white canvas and hand it to the reader as a download. */
async function download(link) {
  const text = await (await fetch(link.href)).text();
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await picture.decode();
  const [width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(text).slice(1).map(Number);
  const canvas = document.createElement("canvas");
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const saved = document.createElement("a");
  saved.download = link.href.split("/").pop().replace(/\.svg$/, ".png");
  saved.href = canvas.toDataURL("image/png");
  saved.click();
}

for (const list of document.querySelectorAll("[data-png]")) {
  for (const link of list.querySelectorAll("a")) {
    const button = document.createElement("button");
    button.className = "linklike";
    button.type = "button";
    button.textContent = list.dataset.png;
    button.setAttribute("aria-label", link.getAttribute("aria-label").replace("SVG", list.dataset.png));
    button.addEventListener("click", () => download(link));
    link.after(" ", button);
  }
}
