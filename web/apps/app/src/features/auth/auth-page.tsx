import { type ReactNode, useEffect } from "react";

interface AuthPageProps {
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** The way to the other screen: "New here? Create a workspace". */
  footer?: ReactNode;
}

/** Title, form and way out of one signed-out screen. */
export function AuthPage({ title, description, children, footer }: AuthPageProps) {
  useEffect(() => {
    document.title = `${title} · Aerostic`;
  }, [title]);
  return (
    <>
      <h1 className="font-semibold text-2xl tracking-title">{title}</h1>
      {description && <p className="mt-1 text-md text-muted-foreground">{description}</p>}
      <div className="mt-7">{children}</div>
      {footer && <p className="mt-7 text-muted-foreground text-sm">{footer}</p>}
    </>
  );
}

/** The look of every text link on these screens. */
export const authLink =
  "rounded-xs text-primary underline underline-offset-4 outline-none hover:text-primary-hover focus-visible:ring-2 focus-visible:ring-ring";
