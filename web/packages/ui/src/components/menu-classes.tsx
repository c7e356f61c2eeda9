/** Looks shared by everything that drops down: menus, selects, popovers. */
export const menuPanelClasses =
  "data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98 data-[state=closed]:fade-out-0 z-50 overflow-y-auto overflow-x-hidden rounded-lg border bg-popover p-1 shadow-lg outline-none data-[state=closed]:animate-out data-[state=open]:animate-in data-[state=closed]:duration-100 data-[state=open]:duration-150";

export const menuItemClasses =
  "relative flex min-h-8 cursor-default select-none items-center gap-2.5 rounded-sm px-2 py-1 text-sm outline-none data-disabled:pointer-events-none data-highlighted:bg-accent data-disabled:opacity-50 max-sm:min-h-10 [&_svg]:size-4 [&_svg]:shrink-0";
