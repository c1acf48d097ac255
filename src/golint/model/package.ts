/** A package: the declarations of all its files. Files are parsed when a rule first needs them, and only once. */
import type { SyntaxNode } from "../syntax/node.ts";
import type { GoParser, SyntaxTree } from "../syntax/parser.ts";
import { bind, listed } from "./bind.ts";
import { type Headers, includeFolders } from "./c-headers.ts";
import type { Entity } from "./entity.ts";
import { FileModel } from "./file.ts";

/** A file as it is handed in: text alone, or with the tree an editor keeps. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
  readonly tree?: SyntaxTree;
}

export interface PackageOptions {
  /** Minor Go version of the module: 21 for `go 1.21`. */
  readonly minor: number;
  /** The C headers of the package's folder; without them only preambles are known. */
  readonly headers?: Headers;
}

/** The declarations of one file that others of its package see. */
interface FileEntities {
  readonly file: FileModel;
  readonly entities: ReadonlyMap<string, Entity>;
  readonly methods: readonly SyntaxNode[];
}

export class PackageModel {
  private readonly models = new Map<string, FileModel>();
  private readonly sources: ReadonlyMap<string, SourceFile>;
  private all: readonly FileEntities[] | undefined;
  private folders: readonly string[] | undefined;
  private readonly owned: SyntaxTree[] = [];

  constructor(
    private readonly parser: GoParser,
    files: readonly SourceFile[],
    readonly options: PackageOptions,
  ) {
    this.sources = new Map(files.map((file) => [file.name, file]));
  }

  get fileNames(): readonly string[] {
    return [...this.sources.keys()];
  }

  /** Text of a file without parsing it. */
  textOf(name: string): string {
    return this.sources.get(name)?.text ?? "";
  }

  /** Folders of `-I` in any of the files: cgo gives its flags to all of a package. */
  get includeFolders(): readonly string[] {
    this.folders ??= this.fileNames.flatMap((name) => {
      const text = this.textOf(name);
      return text.includes("#cgo") ? includeFolders(text) : [];
    });
    return this.folders;
  }

  file(name: string): FileModel {
    const known = this.models.get(name);
    if (known) return known;
    const source = this.sources.get(name);
    if (!source) throw new Error(`no such file in the package: ${name}`);
    const tree = source.tree ?? this.parser.parse(source.text);
    if (!source.tree) this.owned.push(tree);
    const model = new FileModel(name, tree, this);
    this.models.set(name, model);
    return model;
  }

  private get fileEntities(): readonly FileEntities[] {
    this.all ??= this.fileNames.map((name) => collect(this.file(name)));
    return this.all;
  }

  /** What a name means at package level. */
  entity(name: string): Entity | undefined {
    return this.declared(name)?.entity;
  }

  /** The entity with the file that declares it, whose imports its type is read with. */
  declared(name: string): { readonly entity: Entity; readonly file: FileModel } | undefined {
    // A name no file holds need not have them all parsed.
    for (const { file, entities } of this.fileEntities) {
      const entity = entities.get(name);
      if (entity) return { entity, file };
    }
    return undefined;
  }

  /** The methods of a type, whatever the receiver's form. */
  methods(typeName: string): readonly { readonly node: SyntaxNode; readonly file: FileModel }[] {
    return this.fileEntities.flatMap(({ file, methods }) =>
      methods.filter((node) => receiverType(node) === typeName).map((node) => ({ node, file })),
    );
  }

  /** Frees what the parser holds for the files parsed here. */
  dispose(): void {
    for (const tree of this.owned) tree.dispose();
  }
}

/** Name of a method's receiver type, without star and type arguments. */
export function receiverType(method: SyntaxNode): string {
  return method.field("receiver")?.find("type_identifier")[0]?.text ?? "";
}

function collect(file: FileModel): FileEntities {
  const entities = new Map<string, Entity>();
  const methods: SyntaxNode[] = [];
  for (const node of file.declarations) {
    if (node.kind === "method_declaration") methods.push(node);
    else if (node.kind === "function_declaration") {
      const name = node.field("name");
      if (name)
        entities.set(name.text, {
          name: name.text,
          kind: "function",
          node: name,
          assignments: [],
          references: [],
        });
    } else if (/^(?:var|const|type)_declaration$/.test(node.kind)) {
      for (const entity of bind(node).values()) if (!entity.owner) entities.set(entity.name, entity);
    }
  }
  return { file, entities, methods };
}

export { listed };
