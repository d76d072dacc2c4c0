/** A context with the way of routing, which an exposure may change: it is looked up each time that it is read. */
export function withRouting<C, R>(context: C, routing: () => R): C & { readonly routing: R } {
  return {
    ...context,
    get routing() {
      return routing();
    },
  };
}
