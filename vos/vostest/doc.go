// Package vostest is the exam that every driver must pass over simulated nodes, and a person who types at their prompts.
package vostest
