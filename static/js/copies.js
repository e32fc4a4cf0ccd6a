/* A button that copies what stands in a field; without a script, or where the clipboard is shut, the field is enough. */

export const start = (button) => {
  if (!navigator.clipboard) return;
  const field = document.getElementById(button.dataset.copies);
  const said = document.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "Copied.";
    } catch {
      said.textContent = "It is selected: copy it with Ctrl+C.";
    }
  });
};
