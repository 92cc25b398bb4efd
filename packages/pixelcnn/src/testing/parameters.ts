/** How many numbers a model has learned. */
export const parameterCount = ({
  variables,
}: {
  readonly variables: Readonly<Record<string, { readonly size: number }>>;
}): number => Object.values(variables).reduce((sum, { size }) => sum + size, 0);
