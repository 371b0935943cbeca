import protobuf from 'protobufjs/light.js';

/** Attribute of a node as TensorFlow's `AttrValue` has it. */
export type AttributeValue =
  | { readonly s: Uint8Array }
  | { readonly i: number }
  | { readonly f: number }
  | { readonly b: boolean }
  | { readonly type: number }
  | { readonly shape: TensorShape }
  | { readonly tensor: TensorContent }
  | { readonly list: { readonly i?: number[]; readonly f?: number[]; readonly b?: boolean[] } };

export interface TensorShape {
  readonly dim: readonly { readonly size: number }[];
}

/** With one of its contents. */
export interface TensorContent {
  readonly dtype: number;
  readonly tensorShape: TensorShape;
  readonly tensorContent?: Uint8Array;
  readonly floatVal?: readonly number[];
}

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr: Readonly<Record<string, AttributeValue>>;
}

type Fields = Record<string, [type: string, id: number, rule?: 'repeated']>;

const message = (fields: Fields): protobuf.IType => ({
  fields: Object.fromEntries(
    Object.entries(fields).map(([name, [type, id, rule]]) => [name, { type, id, ...(rule && { rule }) }]),
  ),
});

const attributeFields: Fields = {
  list: ['ListValue', 1],
  s: ['bytes', 2],
  i: ['int64', 3],
  f: ['float', 4],
  b: ['bool', 5],
  type: ['int32', 6],
  shape: ['TensorShapeProto', 7],
  tensor: ['TensorProto', 8],
};

/** The parts of TensorFlow's saved_model.proto that a graph of its own ops needs. */
const messages = protobuf.Root.fromJSON({
  nested: {
    SavedModel: message({
      savedModelSchemaVersion: ['int64', 1],
      metaGraphs: ['MetaGraphDef', 2, 'repeated'],
    }),
    MetaGraphDef: message({ metaInfoDef: ['MetaInfoDef', 1], graphDef: ['GraphDef', 2] }),
    MetaInfoDef: message({ tags: ['string', 4, 'repeated'] }),
    GraphDef: message({ node: ['NodeDef', 1, 'repeated'], versions: ['VersionDef', 4] }),
    VersionDef: message({ producer: ['int32', 1] }),
    NodeDef: {
      fields: {
        name: { type: 'string', id: 1 },
        op: { type: 'string', id: 2 },
        input: { type: 'string', id: 3, rule: 'repeated' },
        attr: { keyType: 'string', type: 'AttrValue', id: 5 } as protobuf.IMapField,
      },
    },
    // One of them is always there, also where it is 0 or false.
    AttrValue: {
      ...message(attributeFields),
      oneofs: { value: { oneof: Object.keys(attributeFields) } },
    },
    ListValue: message({
      i: ['int64', 3, 'repeated'],
      f: ['float', 4, 'repeated'],
      b: ['bool', 5, 'repeated'],
    }),
    TensorShapeProto: message({ dim: ['Dim', 2, 'repeated'] }),
    Dim: message({ size: ['int64', 1] }),
    TensorProto: message({
      dtype: ['int32', 1],
      tensorShape: ['TensorShapeProto', 2],
      tensorContent: ['bytes', 4],
      floatVal: ['float', 5, 'repeated'],
    }),
  },
});

const SavedModel = messages.lookupType('SavedModel');

/** The GraphDef version of TensorFlow 2.0; what a later one added isn't used. */
const producer = 134;

/** The file saved_model.pb of a graph without variables or signatures, under one tag. */
export const encodeSavedModel = (nodes: readonly GraphNode[], tag: string): Uint8Array =>
  SavedModel.encode(
    SavedModel.fromObject({
      savedModelSchemaVersion: 1,
      metaGraphs: [{ metaInfoDef: { tags: [tag] }, graphDef: { node: nodes, versions: { producer } } }],
    }),
  ).finish();
