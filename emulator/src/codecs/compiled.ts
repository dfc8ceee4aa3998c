import type { ServiceModel } from '../model.ts';

/** `compile`, done once for each shape of each model. */
export function compiledOnce<T>(
  compile: (model: ServiceModel, shapeName: string) => T,
): (model: ServiceModel, shapeName: string) => T {
  const byModel = new WeakMap<ServiceModel, Map<string, { readonly compiled: T }>>();
  return (model, shapeName) => {
    let byShape = byModel.get(model);
    if (byShape === undefined) {
      byShape = new Map();
      byModel.set(model, byShape);
    }
    let entry = byShape.get(shapeName);
    if (entry === undefined) {
      entry = { compiled: compile(model, shapeName) };
      byShape.set(shapeName, entry);
    }
    return entry.compiled;
  };
}
