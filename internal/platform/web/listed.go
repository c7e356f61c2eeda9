package web

// ListReply answers with all there are of something that there are few of; for others there is Page.
type ListReply[T any] struct {
	Body struct {
		Items []T `json:"items"`
	}
}

// Listed is the reply of a handler that lists.
func Listed[T any](list []T, err error) (*ListReply[T], error) {
	if err != nil {
		return nil, err
	}
	r := &ListReply[T]{}
	r.Body.Items = list
	return r, nil
}
