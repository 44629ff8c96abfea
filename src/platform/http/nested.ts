import { Type } from 'class-transformer';
import { IsObject, ValidateNested } from 'class-validator';

/**
 * A required object that is checked as `type`. `@ValidateNested()` alone lets a missing object and
 * a list pass.
 */
export function IsNested(type: () => new () => object): PropertyDecorator {
  return (target, property) => {
    for (const decorate of [IsObject(), ValidateNested(), Type(type)]) decorate(target, property);
  };
}
