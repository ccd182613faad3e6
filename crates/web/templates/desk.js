// Keys for those who want them. Everything works without this file.
"use strict";
const form = document.querySelector("form[data-keys]");
document.documentElement.classList.add("has-keys");
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "radio";
  if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (form && event.key === "Enter" && event.target.tagName !== "A" && event.target.tagName !== "BUTTON") {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.tagName === "A") target.click();
  else { target.checked = true; target.focus(); }
});
