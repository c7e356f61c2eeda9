// Runs before the first paint, so a dark screen never flashes white. Same key as ui/lib/theme.
(() => {
  const choice = localStorage.getItem("aerostic-theme");
  const dark =
    choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.classList.toggle("dark", dark);
})();
