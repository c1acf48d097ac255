/** Binds the identifiers of one top-level declaration to what they name, scope by scope as the language has them. */
import type { SyntaxNode } from "../syntax/node.ts";
import type { Entity, EntityKind } from "./entity.ts";

export type Bindings = ReadonlyMap<SyntaxNode, Entity>;

class Scope {
  readonly names = new Map<string, Entity>();
  constructor(
    readonly outer: Scope | undefined,
    readonly owner: SyntaxNode | undefined,
  ) {}

  look(name: string): Entity | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.outer) {
      const entity = scope.names.get(name);
      if (entity) return entity;
    }
    return undefined;
  }
}

/** Names the declaration does not declare itself are absent from the result: they are the package's or Go's own. */
export function bind(declaration: SyntaxNode): Bindings {
  const binder = new Binder();
  binder.visit(declaration, new Scope(undefined, undefined));
  return binder.bindings;
}

const SCOPED = new Set([
  "block",
  "if_statement",
  "for_statement",
  "expression_switch_statement",
  "type_switch_statement",
  "expression_case",
  "default_case",
  "communication_case",
  "type_case",
]);

class Binder {
  readonly bindings = new Map<SyntaxNode, Entity>();

  visit(node: SyntaxNode, scope: Scope): void {
    switch (node.kind) {
      case "function_declaration":
      case "method_declaration":
      case "func_literal":
        this.func(node, scope);
        return;
      case "short_var_declaration":
        this.define(node, node.field("left"), node.field("right"), scope);
        return;
      case "range_clause":
        this.rangeClause(node, scope);
        return;
      case "receive_statement":
        this.receive(node, scope);
        return;
      case "assignment_statement":
        this.assign(node, scope);
        return;
      case "inc_statement":
      case "dec_statement":
        this.step(node, scope);
        return;
      case "var_spec":
      case "const_spec":
        this.spec(node, scope);
        return;
      case "type_spec":
      case "type_alias":
        this.typeSpec(node, scope);
        return;
      case "type_switch_statement":
        this.typeSwitch(node, new Scope(scope, scope.owner));
        return;
      case "keyed_element":
        this.keyed(node, scope);
        return;
      case "identifier":
      case "type_identifier":
        this.use(node, scope);
        return;
      case "parameter_declaration":
      case "field_declaration": {
        // Names inside a function type or a struct declare nothing here.
        for (const child of node.children) if (child.fieldName !== "name") this.visit(child, scope);
        return;
      }
    }
    const inner = SCOPED.has(node.kind) ? new Scope(scope, scope.owner) : scope;
    for (const child of node.children) this.visit(child, inner);
  }

  private func(node: SyntaxNode, outer: Scope): void {
    const scope = new Scope(outer, node);
    for (const list of node.children) {
      if (list.kind === "type_parameter_list") this.typeParameters(list, scope);
    }
    const lists = [
      ["receiver", "receiver"],
      ["parameters", "parameter"],
      ["result", "result"],
    ] as const;
    for (const [field, kind] of lists) {
      const list = node.field(field);
      if (list?.kind === "parameter_list") this.parameters(list, kind, scope);
      else if (list) this.visit(list, scope);
    }
    const body = node.field("body");
    if (body) this.visit(body, scope);
  }

  private typeParameters(list: SyntaxNode, scope: Scope): void {
    for (const parameter of list.children) {
      for (const name of parameter.fields("name")) this.declare(name, "type", scope, {});
      const constraint = parameter.field("type");
      if (constraint) this.visit(constraint, scope);
    }
  }

  private parameters(list: SyntaxNode, kind: EntityKind, scope: Scope): void {
    for (const parameter of list.children) {
      const typeNode = parameter.field("type");
      if (typeNode) this.visit(typeNode, scope);
      const variadic = parameter.kind === "variadic_parameter_declaration";
      for (const name of parameter.fields("name")) {
        this.declare(name, kind, scope, { ...(typeNode && { typeNode }), ...(variadic && { variadic }) });
      }
    }
  }

  private declare(node: SyntaxNode, kind: EntityKind, scope: Scope, more: Partial<Entity>): Entity {
    const entity: Entity = {
      name: node.text,
      kind,
      node,
      assignments: [],
      references: [],
      ...(scope.owner && { owner: scope.owner }),
      ...more,
    };
    this.bindings.set(node, entity);
    if (entity.name !== "_") scope.names.set(entity.name, entity);
    return entity;
  }

  private use(node: SyntaxNode, scope: Scope): Entity | undefined {
    const entity = scope.look(node.text);
    if (!entity) return undefined;
    this.bindings.set(node, entity);
    entity.references.push(node);
    return entity;
  }

  private define(
    statement: SyntaxNode,
    left: SyntaxNode | undefined,
    right: SyntaxNode | undefined,
    scope: Scope,
  ): void {
    if (right) this.visit(right, scope);
    const names = left ? listed(left) : [];
    const values = right ? listed(right) : [];
    for (const [at, name] of names.entries()) {
      const value = valueAt(values, at, names.length);
      if (name.kind !== "identifier") this.visit(name, scope);
      else if (scope.names.has(name.text)) {
        this.use(name, scope)?.assignments.push({ node: statement, operator: ":=", ...value });
      } else {
        this.declare(name, "variable", scope, {}).assignments.push({
          node: statement,
          operator: ":=",
          ...value,
        });
      }
    }
  }

  private rangeClause(node: SyntaxNode, scope: Scope): void {
    const over = node.field("right");
    if (over) this.visit(over, scope);
    const left = node.field("left");
    if (!left) return;
    const defines = between(left, over).includes(":=");
    for (const [index, name] of listed(left).entries()) {
      if (name.kind !== "identifier") this.visit(name, scope);
      else if (defines && over) {
        this.declare(name, "variable", scope, { range: { over, index } }).assignments.push({
          node,
          operator: "range",
        });
      } else this.use(name, scope)?.assignments.push({ node, operator: "range" });
    }
  }

  private receive(node: SyntaxNode, scope: Scope): void {
    const [left, right] = [node.field("left"), node.field("right")];
    if (left && between(left, right).includes(":=")) {
      this.define(node, left, right, scope);
      return;
    }
    if (left && right) {
      this.assignTo(node, left, right, "=", scope);
      return;
    }
    if (right) this.visit(right, scope);
  }

  private assign(node: SyntaxNode, scope: Scope): void {
    const [left, right] = [node.field("left"), node.field("right")];
    if (left && right) this.assignTo(node, left, right, node.field("operator")?.kind ?? "=", scope);
  }

  private assignTo(
    node: SyntaxNode,
    left: SyntaxNode,
    right: SyntaxNode,
    operator: string,
    scope: Scope,
  ): void {
    this.visit(right, scope);
    const [names, values] = [listed(left), listed(right)];
    for (const [at, name] of names.entries()) {
      if (name.kind !== "identifier") this.visit(name, scope);
      else this.use(name, scope)?.assignments.push({ node, operator, ...valueAt(values, at, names.length) });
    }
  }

  private step(node: SyntaxNode, scope: Scope): void {
    for (const child of node.children) {
      if (child.kind !== "identifier") this.visit(child, scope);
      else
        this.use(child, scope)?.assignments.push({
          node,
          operator: node.kind === "inc_statement" ? "++" : "--",
        });
    }
  }

  private spec(node: SyntaxNode, scope: Scope): void {
    const typeNode = node.field("type");
    const value = node.field("value");
    if (typeNode) this.visit(typeNode, scope);
    if (value) this.visit(value, scope);
    const names = node.fields("name");
    const values = value ? listed(value) : [];
    for (const [at, name] of names.entries()) {
      const kind = node.kind === "const_spec" ? "constant" : "variable";
      const entity = this.declare(name, kind, scope, typeNode ? { typeNode } : {});
      if (values.length > 0)
        entity.assignments.push({ node, operator: "=", ...valueAt(values, at, names.length) });
    }
  }

  private typeSpec(node: SyntaxNode, scope: Scope): void {
    const [name, typeNode] = [node.field("name"), node.field("type")];
    if (name) this.declare(name, "type", scope, typeNode ? { typeNode } : {});
    if (typeNode) this.visit(typeNode, scope);
  }

  /** The alias is another variable in each case; it has the case's type where there is exactly one. */
  private typeSwitch(node: SyntaxNode, scope: Scope): void {
    const [initializer, alias, value] = [node.field("initializer"), node.field("alias"), node.field("value")];
    if (initializer) this.visit(initializer, scope);
    if (value) this.visit(value, scope);
    const name = alias && listed(alias)[0];
    for (const part of node.children) {
      if (part.kind !== "type_case" && part.kind !== "default_case") continue;
      const inner = new Scope(scope, scope.owner);
      const types = part.fields("type");
      if (name) this.declare(name, "variable", inner, types.length === 1 ? { typeNode: types[0]! } : {});
      for (const child of part.children) this.visit(child, inner);
    }
  }

  /** The key of a struct's literal is a field's name and binds nothing. */
  private keyed(node: SyntaxNode, scope: Scope): void {
    const key = node.field("key");
    const value = node.field("value");
    const literal = node.above("composite_literal");
    const type = literal?.field("type")?.kind;
    const isName = key?.children[0]?.kind === "identifier";
    if (key && (!isName || type === "map_type" || type === "array_type" || type === "slice_type"))
      this.visit(key, scope);
    if (value) this.visit(value, scope);
  }
}

/** The expressions of a list, or the one that stands alone. */
export function listed(node: SyntaxNode): readonly SyntaxNode[] {
  return node.kind === "expression_list" ? node.children : [node];
}

function valueAt(
  values: readonly SyntaxNode[],
  at: number,
  names: number,
): { value?: SyntaxNode; index?: number } {
  if (values.length === names) return { value: values[at]! };
  return values.length === 1 ? { value: values[0]!, index: at } : {};
}

function between(left: SyntaxNode, right: SyntaxNode | undefined): string {
  return right ? left.chunk.text.slice(left.end - left.chunk.base, right.start - left.chunk.base) : "";
}
