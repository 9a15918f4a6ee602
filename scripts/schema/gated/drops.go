package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// drop is a field of an internal type that is emptied, or whose items are filtered, while gates are off.
type drop struct {
	pkg, structure, field string
	// gates is a formula: `A` for a gate that is off, `A&B` for both, `A|B` for either.
	gates    string
	filtered bool
}

// dropsOf follows what each resource prepares before it is created.
func dropsOf(modules map[string]string) map[drop]bool {
	read := newSource(modules)
	for _, module := range []string{"k8s.io/kubernetes", "k8s.io/apiextensions-apiserver"} {
		root := modules[module]
		must(filepath.WalkDir(filepath.Join(root, "pkg/registry"), func(path string, entry os.DirEntry, err error) error {
			if err != nil || !entry.IsDir() {
				return err
			}
			inner, _ := filepath.Rel(root, path)
			if files, _ := filepath.Glob(filepath.Join(path, "*.go")); len(files) > 0 {
				_, _ = read.Import(module + "/" + filepath.ToSlash(inner))
			}
			return nil
		}))
	}
	found := map[drop]bool{}
	for function, declaration := range read.bodies {
		if function.Name() == "PrepareForCreate" || (function.Name() == "Create" && declaration.Recv != nil) {
			walk := &walker{source: read, found: found}
			walk.function(declaration, "", nil)
		}
	}
	return found
}

// walker follows one preparation, through the functions that it calls.
type walker struct {
	*source
	found map[drop]bool
	// local are the expressions of variables that are assigned once, such as `enabled`.
	local map[types.Object]ast.Expr
}

const deepest = 8

func (w *walker) function(declaration *ast.FuncDecl, gates string, calls []*ast.FuncDecl) {
	if len(calls) > deepest || slices.Contains(calls, declaration) {
		return
	}
	inner := &walker{source: w.source, found: w.found, local: map[types.Object]ast.Expr{}}
	inner.block(declaration.Body.List, gates, append(calls, declaration))
}

// block walks statements. After `if enabled { return }`, the rest of them runs with the gate off.
func (w *walker) block(statements []ast.Stmt, gates string, calls []*ast.FuncDecl) {
	for _, statement := range statements {
		w.statement(statement, gates, calls)
		branch, ok := statement.(*ast.IfStmt)
		if ok && branch.Else == nil && returns(branch.Body) {
			gates = both(gates, w.offWhen(branch.Cond, false))
		}
	}
}

func (w *walker) statement(statement ast.Stmt, gates string, calls []*ast.FuncDecl) {
	switch node := statement.(type) {
	case *ast.IfStmt:
		if node.Init != nil {
			w.statement(node.Init, gates, calls)
		}
		w.block(node.Body.List, both(gates, w.offWhen(node.Cond, true)), calls)
		if node.Else != nil {
			w.statement(node.Else, both(gates, w.offWhen(node.Cond, false)), calls)
		}
	case *ast.BlockStmt:
		w.block(node.List, gates, calls)
	case *ast.ForStmt:
		w.block(node.Body.List, gates, calls)
	case *ast.RangeStmt:
		w.block(node.Body.List, gates, calls)
	case *ast.SwitchStmt:
		w.block(node.Body.List, gates, calls)
	case *ast.CaseClause:
		w.block(node.Body, gates, calls)
	case *ast.AssignStmt:
		w.assignment(node, gates, calls)
	case *ast.ReturnStmt:
		for _, result := range node.Results {
			w.calls(result, gates, calls)
		}
	case *ast.ExprStmt:
		w.calls(node.X, gates, calls)
	}
}

func (w *walker) assignment(node *ast.AssignStmt, gates string, calls []*ast.FuncDecl) {
	for i, left := range node.Lhs {
		var right ast.Expr
		if len(node.Lhs) == len(node.Rhs) {
			right = node.Rhs[i]
		}
		if name, ok := left.(*ast.Ident); ok && right != nil {
			if object := w.info.Defs[name]; object != nil {
				w.local[object] = right
			}
		}
		if selector, ok := left.(*ast.SelectorExpr); ok && gates != "" {
			w.record(selector, gates, !isZero(right))
		}
	}
	for _, right := range node.Rhs {
		w.calls(right, gates, calls)
	}
}

// record notes the field that is assigned to, by the struct that declares it.
func (w *walker) record(left *ast.SelectorExpr, gates string, filtered bool) {
	selection := w.info.Selections[left]
	if selection == nil || selection.Kind() != types.FieldVal {
		return
	}
	owner := named(selection.Recv())
	// A field of an embedded struct is one of that struct.
	for _, index := range selection.Index()[:len(selection.Index())-1] {
		structure, ok := owner.Underlying().(*types.Struct)
		if !ok {
			return
		}
		owner = named(structure.Field(index).Type())
	}
	if owner == nil || owner.Obj().Pkg() == nil {
		return
	}
	w.found[drop{owner.Obj().Pkg().Path(), owner.Obj().Name(), left.Sel.Name, gates, filtered}] = true
}

func named(of types.Type) *types.Named {
	if pointer, ok := of.(*types.Pointer); ok {
		of = pointer.Elem()
	}
	result, _ := types.Unalias(of).(*types.Named)
	return result
}

// calls follows the functions that an expression calls, and walks the function literals in it.
func (w *walker) calls(expression ast.Expr, gates string, calls []*ast.FuncDecl) {
	ast.Inspect(expression, func(node ast.Node) bool {
		switch found := node.(type) {
		case *ast.FuncLit:
			w.block(found.Body.List, gates, calls)
			return false
		case *ast.CallExpr:
			if function := w.called(found); function != nil && !function.isOfOld() {
				if declaration, ok := w.bodies[function.Func]; ok {
					w.function(declaration, gates, calls)
				}
			}
		}
		return true
	})
}

// callee is a function that is called.
type callee struct{ *types.Func }

// isOfOld tells what runs on update alone from what runs on create: names are all there is to go by.
func (c callee) isOfOld() bool {
	return strings.Contains(c.Name(), "ForUpdate") || strings.HasSuffix(c.Name(), "OnUpdate")
}

func (w *walker) called(call *ast.CallExpr) *callee {
	var name *ast.Ident
	switch function := call.Fun.(type) {
	case *ast.Ident:
		name = function
	case *ast.SelectorExpr:
		name = function.Sel
	default:
		return nil
	}
	if object, ok := w.info.Uses[name].(*types.Func); ok {
		return &callee{object}
	}
	return nil
}

// offWhen is which gates are off when a condition is `want`; empty where it says nothing about gates. Whether an old object
// has the field does not matter: on create there is none.
func (w *walker) offWhen(condition ast.Expr, want bool) string {
	switch node := condition.(type) {
	case *ast.ParenExpr:
		return w.offWhen(node.X, want)
	case *ast.UnaryExpr:
		if node.Op == token.NOT {
			return w.offWhen(node.X, !want)
		}
	case *ast.BinaryExpr:
		left, right := w.offWhen(node.X, want), w.offWhen(node.Y, want)
		switch {
		case (node.Op == token.LAND && want) || (node.Op == token.LOR && !want):
			return both(left, right)
		case node.Op == token.LAND || node.Op == token.LOR:
			return either(left, right)
		}
	case *ast.CallExpr:
		if selector, ok := node.Fun.(*ast.SelectorExpr); ok && selector.Sel.Name == "Enabled" && len(node.Args) == 1 && !want {
			if gate, ok := node.Args[0].(*ast.SelectorExpr); ok {
				return gate.Sel.Name
			}
		}
	case *ast.Ident:
		if value, ok := w.local[w.info.Uses[node]]; ok {
			return w.offWhen(value, want)
		}
	}
	return ""
}

func both(a, b string) string {
	return joined(a, b, "&")
}

func either(a, b string) string {
	return joined(a, b, "|")
}

func joined(a, b, by string) string {
	if a == "" || b == "" || a == b {
		return a + map[bool]string{true: "", false: b}[a == b]
	}
	parts := append(strings.Split(a, by), strings.Split(b, by)...)
	slices.Sort(parts)
	return strings.Join(slices.Compact(parts), by)
}

func returns(body *ast.BlockStmt) bool {
	if len(body.List) == 0 {
		return false
	}
	_, ok := body.List[len(body.List)-1].(*ast.ReturnStmt)
	return ok
}

// isZero tells whether an expression empties what it is assigned to.
func isZero(right ast.Expr) bool {
	switch value := right.(type) {
	case *ast.Ident:
		return value.Name == "nil" || value.Name == "false"
	case *ast.BasicLit:
		return value.Value == `""` || value.Value == "0"
	case *ast.CompositeLit:
		return len(value.Elts) == 0
	}
	return false
}
