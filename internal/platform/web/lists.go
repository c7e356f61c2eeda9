package web

import "reflect"

// emptyLists returns v with every nil list replaced by an empty one, because a client that
// reads a list should not have to ask whether there is one. What v points to is filled in
// place; v itself is copied.
func emptyLists(v any) any {
	if v == nil {
		return nil
	}
	value := reflect.ValueOf(v)
	if value.Kind() == reflect.Slice && value.IsNil() {
		return reflect.MakeSlice(value.Type(), 0, 0).Interface()
	}
	if value.Kind() == reflect.Struct {
		filled := reflect.New(value.Type()).Elem()
		filled.Set(value)
		fill(filled)
		return filled.Interface()
	}
	fill(value)
	return v
}

func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			fill(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Field(i); field.CanSet() {
				fill(field)
			}
		}
	case reflect.Slice:
		fillSlice(v)
	}
}

func fillSlice(v reflect.Value) {
	if v.Type().Elem().Kind() == reflect.Uint8 {
		return
	}
	if v.IsNil() && v.CanSet() {
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		return
	}
	for i := range v.Len() {
		fill(v.Index(i))
	}
}
