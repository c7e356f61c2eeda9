package web

// ListReply answers with all there are of something that there are few of; for others there is Page.
type ListReply[T any] struct {
	Body struct {
		Items []T `json:"items"`
	}
}

// Listed is the reply of a handler that lists. None are an empty list: the document says that it is never null.
func Listed[T any](list []T, err error) (*ListReply[T], error) {
	if err != nil {
		return nil, err
	}
	r := &ListReply[T]{}
	if r.Body.Items = list; list == nil {
		r.Body.Items = []T{}
	}
	return r, nil
}
