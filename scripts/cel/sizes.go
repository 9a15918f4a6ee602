package main

import "github.com/google/cel-go/checker"

// noSizes knows nothing of how large variables may be.
type noSizes struct{}

func (*noSizes) EstimateSize(checker.AstNode) *checker.SizeEstimate { return nil }

func (*noSizes) EstimateCallCost(string, string, *checker.AstNode, []checker.AstNode) *checker.CallEstimate {
	return nil
}
