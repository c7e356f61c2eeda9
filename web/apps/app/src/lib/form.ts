import { ApiError } from "@aerostic/api-client";
import { zodResolver } from "@hookform/resolvers/zod";
import type { DefaultValues, FieldValues, Path, UseFormReturn } from "react-hook-form";
import { useForm } from "react-hook-form";
import type { z } from "zod/mini";

/** react-hook-form with a zod/mini schema: checked on submit, then as one types. */
export function useSchemaForm<Values extends FieldValues>(
  schema: z.ZodMiniType<Values, Values>,
  defaultValues: DefaultValues<Values>,
): UseFormReturn<Values> {
  return useForm<Values>({
    resolver: zodResolver(schema) as never,
    defaultValues,
    reValidateMode: "onChange",
  });
}

/**
 * Runs the call and puts the server's messages beside their fields. Resolves undefined when refused;
 * what belongs to no field stays in the mutation's error, for a ProblemAlert.
 */
export async function submitTo<Values extends FieldValues, Answer>(
  form: UseFormReturn<Values>,
  call: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const known = Object.keys(form.getValues());
    for (const [name, message] of Object.entries(error.fields())) {
      if (known.includes(name.split(".")[0] ?? "")) form.setError(name as Path<Values>, { message });
    }
    return undefined;
  }
}
