/* The scanner's page works without this; with it the field is always ready, and the camera reads where the browser can. */
(() => {
  "use strict";
  const form = document.getElementById("scan-form");
  const field = document.querySelector("[data-scan]");
  if (!form || !field) return;
  const ready = () => { if (!document.activeElement || document.activeElement === document.body || document.activeElement === field) field.focus(); };

  /* The field is emptied as soon as its code is on its way, so that the next scan never lands behind it. */
  form.addEventListener("htmx:before:request", () => { field.value = ""; field.focus(); });
  document.addEventListener("htmx:after:swap", ready);
  /* A hand scanner types wherever one stands: letters that are meant for no other field go to ours. */
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
    if (event.target.closest("input, textarea, select, button, a, [contenteditable]")) return;
    field.focus();
  });
  ready();

  const box = document.querySelector("[data-camera]");
  if (!box) return;
  const start = box.querySelector("[data-camera-start]"), stop = box.querySelector("[data-camera-stop]");
  const view = box.querySelector("[data-camera-view]"), said = box.querySelector("[data-camera-said]");
  box.hidden = false;
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) {
    start.hidden = true;
    said.textContent = box.dataset.noCamera;
    return;
  }
  const WANTED = ["code_128", "code_39", "ean_13", "ean_8", "qr_code", "itf", "codabar", "data_matrix"];
  let stream = null, detector = null, last = "", lastAt = 0;
  const close = () => {
    if (stream) for (const track of stream.getTracks()) track.stop();
    stream = null;
    view.hidden = stop.hidden = true;
    start.hidden = false;
    said.textContent = "";
  };
  const look = async () => {
    if (!stream) return;
    try {
      const [found] = view.readyState >= 2 ? await detector.detect(view) : [];
      const now = Date.now();
      /* The same code in front of the camera is one scan, until it has been away or three seconds have passed. */
      if (found && (found.rawValue !== last || now - lastAt > 3000)) {
        last = found.rawValue;
        field.value = found.rawValue;
        if (navigator.vibrate) navigator.vibrate(60);
        form.requestSubmit();
      }
      if (found) lastAt = now;
    } catch { /* a picture that cannot be read: the next one may */ }
    if (stream) setTimeout(look, 150);
  };
  start.addEventListener("click", async () => {
    try {
      const known = await BarcodeDetector.getSupportedFormats();
      detector = new BarcodeDetector({ formats: WANTED.filter((one) => known.includes(one)) });
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      view.srcObject = stream;
      await view.play();
      view.hidden = stop.hidden = false;
      start.hidden = true;
      said.textContent = box.dataset.looking;
      look();
    } catch {
      close();
      said.textContent = box.dataset.denied;
    }
  });
  stop.addEventListener("click", close);
  addEventListener("pagehide", close);
})();
