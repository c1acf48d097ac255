// Package gatewaypb is what a generator makes of inference.proto, cut down to one enumeration.
package gatewaypb

import (
	"reflect"

	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/runtime/protoimpl"
)

type FinishReason int32

const (
	FinishReason_STOP   FinishReason = 0
	FinishReason_LENGTH FinishReason = 1
)

func (x FinishReason) String() string {
	return protoimpl.X.EnumStringOf(x.Descriptor(), protoreflect.EnumNumber(x))
}

func (FinishReason) Descriptor() protoreflect.EnumDescriptor { return enumTypes[0].Descriptor() }
func (FinishReason) Type() protoreflect.EnumType             { return &enumTypes[0] }
func (x FinishReason) Number() protoreflect.EnumNumber       { return protoreflect.EnumNumber(x) }

const rawDescriptor = "\n\x0finference.proto\x12\tinference*$\n\fFinishReason\x12\b\n\x04STOP\x10\x00\x12\n\n\x06LENGTH\x10\x01b\x06proto3"

var enumTypes = make([]protoimpl.EnumInfo, 1)

func init() {
	type anchor struct{}
	protoimpl.TypeBuilder{
		File: protoimpl.DescBuilder{
			GoPackagePath: reflect.TypeOf(anchor{}).PkgPath(),
			RawDescriptor: []byte(rawDescriptor),
			NumEnums:      1,
		},
		GoTypes:           []any{FinishReason(0)},
		DependencyIndexes: []int32{0, 0, 0, 0, 0},
		EnumInfos:         enumTypes,
	}.Build()
}
