// Package stepstest makes journals, plans and certificates for the tests of the packages of steps.
package stepstest
