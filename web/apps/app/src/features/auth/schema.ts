import { z } from "zod/mini";

/** The rules the browser can check by itself; the server has the last word. */
export const email = z.string().check(z.trim(), z.email("Enter an address such as ann@acme.example."));

export const newPassword = z
  .string()
  .check(z.minLength(10, "Use at least 10 characters; a short sentence works well."));

export const required = (message: string) => z.string().check(z.trim(), z.minLength(1, message));
