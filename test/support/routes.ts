import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { RequestMethod } from '@nestjs/common';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { type RouteAccess, accessOf } from '../../src/platform/auth/index.js';
import type { TestApp } from './app.js';

type Handler = (...args: unknown[]) => unknown;
type Controller = abstract new (...args: never[]) => object;

/** A handler of the application, with what it declares about who may call it. */
export interface Route {
  readonly name: string;
  /** Method and path as the description of the API has them. */
  readonly operation: string;
  readonly access: RouteAccess;
}

/** Every handler of every controller of the application. */
export function routesOf(app: TestApp['app']): Route[] {
  const reflector = app.get(Reflector);
  const scanner = new MetadataScanner();
  const routes: Route[] = [];
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      const controller = metatype as Controller & { prototype: Record<string, Handler> };
      for (const method of scanner.getAllMethodNames(controller.prototype)) {
        const handler = controller.prototype[method] as Handler;
        if (!Reflect.hasMetadata(METHOD_METADATA, handler)) continue;
        const access = accessOf(reflector, [handler, controller]);
        const operation = operationOf(handler, controller);
        routes.push({ name: `${controller.name}.${method}`, operation, access });
      }
    }
  }
  return routes;
}

function operationOf(handler: Handler, controller: Controller): string {
  const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number] ?? 'GET';
  const parts = [controller, handler].map(
    (target) => Reflect.getMetadata(PATH_METADATA, target) as string,
  );
  const path = parts
    .join('/')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => part.replace(/^\*$/, '{path}').replace(/^:(\w+)/, '{$1}'))
    .join('/');
  return `${method} /${path}`;
}
